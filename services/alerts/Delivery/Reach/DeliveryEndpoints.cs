using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Actuators;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Reading;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Reach;

/// <summary>Whom a message reached and whom it did not: officers only, and no address is shown.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id}/deliveries", ListDeliveries)
            .RequireAuthorization(CityPolicies.Officer).RecordAcrossTowns<AlertDbContext>("delivery.read", ExchangePurposes.Emergency);
        routes.MapGet("/{id}/reach", GetReach)
            .RequireAuthorization(CityPolicies.Officer).RecordAcrossTowns<AlertDbContext>("delivery.read", ExchangePurposes.Emergency);
    }

    /// <summary>In the order of subscriptions; <c>?status=</c> and <c>?channel=</c> narrow it.</summary>
    private static async Task<Results<Ok<Page<DeliveryView>>, ProblemHttpResult>> ListDeliveries(
        string id, AlertDbContext database, ChannelTable channels, CancellationToken cancellationToken,
        string? status = null, string? channel = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (status is not null && !DeliveryState.All.Contains(status))
        {
            return Problem.BadRequest("status-unknown", "This delivery status is not known.", $"Give one of {string.Join(", ", DeliveryState.All)}.");
        }

        if (channel is not (null or ActuatorPolicy.Siren or ActuatorPolicy.Sign) && !channels.All.Any(known => known.Name == channel))
        {
            return Problem.BadRequest("channel-unknown", "This channel is not known.", $"Give one of {string.Join(", ", channels.All.Select(known => known.Name))}, {ActuatorPolicy.Siren}, {ActuatorPolicy.Sign}.");
        }

        if (await PlanOfAsync(database, id, cancellationToken) is not { } plan)
        {
            return AlertEndpoints.Unknown(id);
        }

        var rows = await database.Set<LedgerEntry>().AsNoTracking()
            .Where(row => row.Sequence == plan.Sequence && (status == null || row.State == status) && (channel == null || row.Channel == channel))
            .Where(row => after == null || string.Compare(row.SubscriptionId, after) > 0)
            .OrderBy(row => row.SubscriptionId)
            .Take(take + 1)
            .GroupJoin(database.Set<SubscriptionAddress>(), row => new { row.SubscriptionId, row.Rank }, address => new { address.SubscriptionId, address.Rank }, (row, addresses) => new { row, addresses })
            .SelectMany(pair => pair.addresses.DefaultIfEmpty(), (pair, address) => new { pair.row, Masked = address == null ? null : address.Masked })
            .OrderBy(pair => pair.row.SubscriptionId)
            .ToListAsync(cancellationToken);
        var page = rows.Take(take).Select(pair => DeliveryView.Of(id, pair.row, pair.Masked)).ToList();
        return TypedResults.Ok(new Page<DeliveryView>(page, rows.Count > take ? page[^1].SubscriptionId : null));
    }

    private static async Task<Results<Ok<ReachView>, ProblemHttpResult>> GetReach(
        string id, AlertDbContext database, ReachReader reader, CancellationToken cancellationToken)
        => await PlanOfAsync(database, id, cancellationToken) is { } plan
            ? TypedResults.Ok(await reader.ReadAsync(plan, cancellationToken))
            : AlertEndpoints.Unknown(id);

    private static Task<PlanEntry?> PlanOfAsync(AlertDbContext database, string id, CancellationToken cancellationToken)
        => database.Set<PlanEntry>().AsNoTracking().FirstOrDefaultAsync(row => row.MessageId == id, cancellationToken);
}

/// <summary>One message to one subscription.</summary>
/// <param name="Id">As webhooks and mails carry it.</param>
/// <param name="Address">Masked; null once the subscription has ended.</param>
/// <param name="Status"><c>queued</c>, <c>sending</c>, <c>sent</c>, <c>confirmed</c>, <c>failed</c>, <c>superseded</c> or <c>withdrawn</c>.</param>
/// <param name="Why">Why it is not there: a stable code such as <c>status-503</c>, <c>no-answer</c>, <c>gone</c> or <c>not-in-time</c>.</param>
/// <param name="MaybeArrived">Whether it may have arrived although nobody knows.</param>
public sealed record DeliveryView(
    string Id, string SubscriptionId, string Channel, string? Address, string Status, string? Why, bool MaybeArrived, int Attempts,
    DateTimeOffset QueuedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? SettledAt)
{
    internal static DeliveryView Of(string messageId, LedgerEntry row, string? masked) => new(
        $"{messageId}.{row.SubscriptionId}", row.SubscriptionId, row.Channel, masked, row.State, row.Why, row.MaybeArrived, row.Attempts,
        row.QueuedAt, row.NextAt, row.SettledAt);
}
