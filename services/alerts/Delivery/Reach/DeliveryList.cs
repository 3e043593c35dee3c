using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Actuators;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Reach;

/// <summary>Reads a message's rows of the ledger, one for each subscription.</summary>
internal sealed class DeliveryList(AlertDbContext database, ChannelTable channels)
{
    /// <summary>Stands for every status of those that are not reached.</summary>
    private const string NotReached = "not-reached";

    /// <summary>The refusal of what is not known, or null.</summary>
    public ProblemHttpResult? Refuse(string? status, string? channel)
        => status is not (null or NotReached) && !DeliveryState.All.Contains(status)
            ? Problem.BadRequest("status-unknown", "This delivery status is not known.", $"Give one of {string.Join(", ", DeliveryState.All)}, or {NotReached} for those that wait or failed.")
            : channel is not (null or ActuatorPolicy.Siren or ActuatorPolicy.Sign) && !channels.All.Any(known => known.Name == channel)
            ? Problem.BadRequest("channel-unknown", "This channel is not known.", $"Give one of {string.Join(", ", channels.All.Select(known => known.Name))}, {ActuatorPolicy.Siren}, {ActuatorPolicy.Sign}.")
            : null;

    /// <param name="plan">Of the message.</param>
    /// <param name="after">Id of the subscription before the first.</param>
    public async Task<List<DeliveryView>> ReadAsync(PlanEntry plan, string? status, string? channel, string? after, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? states = status is null ? null : status == NotReached ? DeliveryState.NotReached : [status];
        var rows = await database.Set<LedgerEntry>().AsNoTracking()
            .Where(row => row.Sequence == plan.Sequence && (states == null || states.Contains(row.State)) && (channel == null || row.Channel == channel))
            .Where(row => after == null || string.Compare(row.SubscriptionId, after) > 0)
            .OrderBy(row => row.SubscriptionId)
            .Take(limit)
            .GroupJoin(database.Set<SubscriptionAddress>(), row => new { row.SubscriptionId, row.Rank }, address => new { address.SubscriptionId, address.Rank }, (row, addresses) => new { row, addresses })
            .SelectMany(pair => pair.addresses.DefaultIfEmpty(), (pair, address) => new { pair.row, Masked = address == null ? null : address.Masked })
            .OrderBy(pair => pair.row.SubscriptionId)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(pair => DeliveryView.Of(plan.MessageId, pair.row, pair.Masked))];
    }
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
