using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Queries;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>Subscriptions of the town's staff (clauses 5.8.1 to 5.8.5, 6.10 and 6.11).</summary>
internal static class SubscriptionHandlers
{
    private const int MaximumLimit = 1_000;
    private static readonly string[] Known = ["limit", "offset", "count", "options"];

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> CreateAsync(
        HttpContext http, TelemetryDb database, SubscriptionParser parser, ChangeMarks marks, NgsiAnswer answer, SubscriptionBell bell,
        Microsoft.Extensions.Options.IOptions<NgsiLdOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (json, refusal) = await SubscriptionBody.ReadAsync(http, isPatch: false);
        var now = clock.GetUtcNow();
        if (json is null || !parser.TryRead(json, now, out var plan, out refusal))
        {
            return refusal!;
        }

        var town = http.CurrentTown();
        var id = json["id"]?.GetValue<string>() ?? $"urn:ngsi-ld:Subscription:{Guid.CreateVersion7():N}";
        json["id"] = id;
        if (await database.Subscriptions.AnyAsync(row => row.Id == id, cancellationToken))
        {
            return NgsiProblem.AlreadyExists($"{town.Code} has a subscription {id} already.");
        }

        if (await database.Subscriptions.CountAsync(cancellationToken) >= options.Value.MostSubscriptions)
        {
            return NgsiProblem.TooMany($"{town.Code} has {options.Value.MostSubscriptions} subscriptions, the most that are allowed; delete one first.");
        }

        database.Subscriptions.Add(new NgsiSubscription
        {
            Municipality = town.Code,
            Id = id,
            Definition = json.ToJsonString(CityJson.Options),
            // Told is what changes from now on.
            Seen = await marks.NowAsync(town, plan, answer.ContextUrl(http, town.Code), cancellationToken),
            Version = 1,
            CreatedAt = now,
            ModifiedAt = now,
        });
        await database.SaveChangesAsync(cancellationToken);
        bell.Changed();
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"{http.Request.Path}/{Uri.EscapeDataString(id)}";
        return TypedResults.Empty;
    }

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ListAsync(
        HttpContext http, TelemetryDb database, SubscriptionParser parser, NgsiAnswer answer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = http.Request.Query;
        var (limit, offset) = (100, 0);
        if (RequestedQuery.UnknownIn(query, Known) is { } unknown)
        {
            return unknown;
        }

        if ((query.ContainsKey("limit") && (!RequestedQuery.TryNumber(query["limit"], out limit) || limit is < 1 or > MaximumLimit))
            || (query.ContainsKey("offset") && !RequestedQuery.TryNumber(query["offset"], out offset)))
        {
            return NgsiProblem.BadRequest($"limit is a whole number from 1 to {MaximumLimit}, offset one from 0.");
        }

        if (query["count"].ToString() == "true")
        {
            http.Response.Headers["NGSILD-Results-Count"] = (await database.Subscriptions.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        }

        var rows = await database.Subscriptions.AsNoTracking().OrderBy(row => row.Id).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        var items = rows.Select(row => (JsonNode)Render(row, parser, clock.GetUtcNow(), query));
        return await answer.WriteAsync(http, http.CurrentTown().Code, new JsonArray([.. items]));
    }

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetAsync(
        HttpContext http, TelemetryDb database, SubscriptionParser parser, NgsiAnswer answer, TimeProvider clock, string subscriptionId, CancellationToken cancellationToken)
    {
        var row = await database.Subscriptions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == subscriptionId, cancellationToken);
        return row is null ? Unknown(subscriptionId)
            : await answer.WriteAsync(http, http.CurrentTown().Code, Render(row, parser, clock.GetUtcNow(), http.Request.Query));
    }

    /// <summary>Members that are given replace those of before; null takes one away.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> PatchAsync(
        HttpContext http, TelemetryDb database, SubscriptionParser parser, ChangeMarks marks, NgsiAnswer answer, SubscriptionBell bell, TimeProvider clock, string subscriptionId,
        CancellationToken cancellationToken)
    {
        var (patch, refusal) = await SubscriptionBody.ReadAsync(http, isPatch: true);
        if (patch is null)
        {
            return refusal!;
        }

        if (await database.Subscriptions.FirstOrDefaultAsync(row => row.Id == subscriptionId, cancellationToken) is not { } row)
        {
            return Unknown(subscriptionId);
        }

        if (patch.TryGetPropertyValue("id", out var id) && id?.ToString() != subscriptionId)
        {
            return NgsiProblem.BadRequest("The id of a subscription does not change.");
        }

        var json = (JsonObject)JsonNode.Parse(row.Definition)!;
        foreach (var (name, value) in patch.ToList())
        {
            patch.Remove(name);
            json.Remove(name);
            if (value is not null)
            {
                json[name] = value;
            }
        }

        var now = clock.GetUtcNow();
        if (!parser.TryRead(json, now, out var plan, out refusal))
        {
            return refusal;
        }

        var town = http.CurrentTown();
        row.Definition = json.ToJsonString(CityJson.Options);
        row.Seen = await marks.NowAsync(town, plan, answer.ContextUrl(http, town.Code), cancellationToken);
        row.Version++;
        (row.ModifiedAt, row.FailuresInARow, row.NextAttemptAt) = (now, 0, null);
        await database.SaveChangesAsync(cancellationToken);
        bell.Changed();
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(TelemetryDb database, string subscriptionId, CancellationToken cancellationToken)
        => await database.Subscriptions.Where(row => row.Id == subscriptionId).ExecuteDeleteAsync(cancellationToken) == 0 ? Unknown(subscriptionId) : TypedResults.NoContent();

    private static JsonObject Render(NgsiSubscription row, SubscriptionParser parser, DateTimeOffset now, IQueryCollection query)
        => SubscriptionRenderer.Render(
            row, parser.StoredPlan(row.Definition, out _), now, query["options"].ToString().Split(',').Contains("sysAttrs", StringComparer.Ordinal));

    private static ProblemHttpResult Unknown(string id) => NgsiProblem.NotFound($"There is no subscription {id}.");
}
