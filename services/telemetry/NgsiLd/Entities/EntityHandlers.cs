using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Queries;

namespace SmartCity.Telemetry.NgsiLd.Entities;

internal static class EntityHandlers
{
    private static readonly string[] KnownOfOne = ["attrs", "options", "format", "type", "local", "geometryProperty"];

    /// <summary>Query Entities (clause 5.7.2, 6.4.3.2), in the order of their ids.</summary>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ListAsync(HttpContext http, EntitySource source, NgsiAnswer answer, CancellationToken cancellationToken)
    {
        if (!RequestedQuery.TryParse(http.Request.Query, out var requested, out var refusal))
        {
            return refusal;
        }

        var town = http.CurrentTown();
        var items = new JsonArray();
        var found = 0;
        await foreach (var entity in source.ReadAsync(
            town, EntitySource.AllOf(town).Where(one => requested.Filter.MayHold(town, one.Type, one.Device)), cancellationToken))
        {
            if (!requested.Filter.Holds(entity))
            {
                continue;
            }

            found++;
            if (found > requested.Offset && items.Count < requested.Limit)
            {
                items.Add(EntityRenderer.Render(entity, requested.Form));
            }
            else if (!requested.Count && found > requested.Offset + requested.Limit)
            {
                break;
            }
        }

        if (requested.Count)
        {
            http.Response.Headers["NGSILD-Results-Count"] = found.ToString(CultureInfo.InvariantCulture);
        }

        AddPages(http, requested, hasNext: found > requested.Offset + requested.Limit);
        return await answer.WriteAsync(http, town.Code, items);
    }

    /// <summary>Retrieve Entity (clause 5.7.1, 6.5.3.1).</summary>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetAsync(
        HttpContext http, EntitySource source, NgsiAnswer answer, string entityId, CancellationToken cancellationToken)
    {
        if (RequestedQuery.UnknownIn(http.Request.Query, KnownOfOne) is { } unknown)
        {
            return unknown;
        }

        if (!RequestedQuery.TryForm(http.Request.Query, out var form, out var refusal))
        {
            return refusal;
        }

        if (!Uri.IsWellFormedUriString(entityId, UriKind.Absolute))
        {
            return NgsiProblem.BadRequest($"'{entityId}' is no URI.");
        }

        var town = http.CurrentTown();
        var entity = await source.FindAsync(town, entityId, cancellationToken);
        if (entity is null || (form.Attributes.Count > 0 && !form.Attributes.Any(entity.Attributes.ContainsKey)))
        {
            return NgsiProblem.NotFound(entity is null ? $"{town.Code} has no entity {entityId}." : $"{entityId} has none of these attributes.");
        }

        return await answer.WriteAsync(http, town.Code, EntityRenderer.Render(entity, form));
    }

    // Clause 6.3.10.
    private static void AddPages(HttpContext http, RequestedQuery requested, bool hasNext)
    {
        if (requested.Limit == 0)
        {
            return;
        }

        if (requested.Offset > 0)
        {
            Add(Math.Max(0, requested.Offset - requested.Limit), "prev");
        }

        if (hasNext)
        {
            Add(requested.Offset + requested.Limit, "next");
        }

        void Add(int offset, string relation)
        {
            var query = new QueryBuilder(http.Request.Query.Where(entry => entry.Key is not ("offset" or "limit")).SelectMany(entry => entry.Value, (entry, value) => KeyValuePair.Create(entry.Key, value ?? "")))
            {
                { "limit", requested.Limit.ToString(CultureInfo.InvariantCulture) },
                { "offset", offset.ToString(CultureInfo.InvariantCulture) },
            };
            http.Response.Headers.Append(HeaderNames.Link, $"<{http.Request.Path}{query}>; rel=\"{relation}\"; type=\"{NgsiAnswer.Accepted(http)}\"");
        }
    }
}
