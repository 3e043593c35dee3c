using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.SelfTests;

/// <summary>Self-tests: officers of the town.</summary>
internal static class SelfTestEndpoints
{
    private const int MostRecipients = 20;

    public static void MapSelfTests(this IEndpointRouteBuilder routes)
    {
        var tests = routes.MapGroup("/self-tests").RequireAuthorization(CityPolicies.Officer);
        tests.MapGet("/", ListSelfTests).RecordAcrossTowns<AlertDbContext>("self-test.read", ExchangePurposes.Administration);
        tests.MapPost("/", BeginSelfTest).RecordAcrossTowns<AlertDbContext>("self-test.begin", ExchangePurposes.Administration);
        tests.MapGet("/recipients", ListRecipients).RecordAcrossTowns<AlertDbContext>("self-test.read", ExchangePurposes.Administration);
        tests.MapPut("/recipients", SetRecipients).RecordAcrossTowns<AlertDbContext>("self-test.recipients", ExchangePurposes.Administration);
    }

    /// <summary>Newest first.</summary>
    private static async Task<Results<Ok<Page<SelfTestView>>, ProblemHttpResult>> ListSelfTests(
        AlertDbContext database, SelfTestDesk desk, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        var skip = Paging.Offset(after);
        var rows = await database.Set<SelfTest>().AsNoTracking().OrderByDescending(row => row.StartedAt).ThenBy(row => row.Id).Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        var views = new List<SelfTestView>(rows.Count);
        foreach (var row in rows)
        {
            views.Add(await desk.ViewAsync(row, cancellationToken));
        }

        return TypedResults.Ok(Paging.ByOffset(views, skip, take));
    }

    /// <summary>Begins one now. What came of it is in the list, after seconds or, where something does not deliver, 15 minutes.</summary>
    private static async Task<Results<Accepted<SelfTestView>, ProblemHttpResult>> BeginSelfTest(
        AlertDbContext database, SelfTestDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        if (!await database.Set<Subscription>().AnyAsync(row => row.IsTestRecipient, cancellationToken))
        {
            return Problem.Conflict("no-test-recipients", "There is nobody to test with.",
                "Subscribe devices and mailboxes of the town in the usual way, and name those subscriptions by PUT self-tests/recipients. Nothing was sent.");
        }

        var test = await desk.BeginAsync(http.CurrentTown(), id: null, http.Subject(), cancellationToken);
        return TypedResults.Accepted((string?)null, await desk.ViewAsync(test!, cancellationToken));
    }

    /// <summary>The subscriptions that self-tests go to, with their addresses masked.</summary>
    private static async Task<Ok<Page<TestRecipientView>>> ListRecipients(AlertDbContext database, CancellationToken cancellationToken)
    {
        var rows = await database.Set<Subscription>().AsNoTracking().Include(row => row.Addresses)
            .Where(row => row.IsTestRecipient).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<TestRecipientView>([.. rows.Select(row => new TestRecipientView(
            row.Id, [.. row.Addresses.OrderBy(address => address.Rank).Select(address => new TestAddressView(address.Channel, address.Masked, address.ConfirmedAt is not null))]))]));
    }

    /// <summary>Names the town's own subscriptions that self-tests go to; they take the place of those before.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> SetRecipients(RecipientsRequest request, SelfTestDesk desk, CancellationToken cancellationToken)
    {
        if (request.SubscriptionIds is not { Count: <= MostRecipients } ids)
        {
            return Problem.Unprocessable("recipients-missing", "A town has at most 20 test recipients.",
                $"Give 'subscriptionIds'; an empty list ends self-tests. {request.SubscriptionIds?.Count ?? 0} were given. Nothing was saved.");
        }

        var unknown = await desk.SetRecipientsAsync([.. ids.Select(id => id ?? "")], cancellationToken);
        return unknown.Count == 0
            ? TypedResults.NoContent()
            : Problem.Unprocessable("unknown-subscription", "There is no such subscription.", $"{unknown.Count} of the ids are none of this town. Nothing was saved.");
    }
}

public sealed record RecipientsRequest(IReadOnlyList<string?>? SubscriptionIds);

/// <summary>A subscription of the town's own that self-tests go to.</summary>
public sealed record TestRecipientView(string Id, IReadOnlyList<TestAddressView> Addresses);

/// <param name="Channel">Its name.</param>
/// <param name="Address">Masked.</param>
/// <param name="IsConfirmed">Whether anything is sent there.</param>
public sealed record TestAddressView(string Channel, string Address, bool IsConfirmed);
