using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Actuators;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.Reach;

/// <summary>Counts a message's rows in the ledger; read again, it tells how far it is.</summary>
internal sealed class ReachReader(AlertDbContext database, AlertFeeds feeds, TimeProvider clock)
{
    public async Task<ReachView> ReadAsync(PlanEntry plan, CancellationToken cancellationToken)
    {
        var rows = database.Set<LedgerEntry>().AsNoTracking().Where(row => row.Sequence == plan.Sequence);
        var counts = await rows.GroupBy(row => new { row.Channel, row.State, row.Why })
            .Select(group => new { group.Key.Channel, group.Key.State, group.Key.Why, Count = group.Count() })
            .ToListAsync(cancellationToken);
        // Sirens and signs have their own lines and are no people.
        var people = counts.Where(count => count.Channel is not (ActuatorPolicy.Siren or ActuatorPolicy.Sign)).ToList();
        var arrived = rows.Where(row => row.Channel != ActuatorPolicy.Siren && row.Channel != ActuatorPolicy.Sign && (row.State == DeliveryState.Sent || row.State == DeliveryState.Confirmed));
        var total = people.Where(count => IsReached(count.State)).Sum(count => count.Count);
        var channels = counts.GroupBy(count => count.Channel).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            int Of(params string[] states) => group.Where(count => states.Contains(count.State)).Sum(count => count.Count);
            return new ChannelReach(
                group.Key, group.Sum(count => count.Count), Of(DeliveryState.Queued, DeliveryState.Sending), Of(DeliveryState.Sent), Of(DeliveryState.Confirmed),
                Of(DeliveryState.Failed), Of(DeliveryState.Superseded, DeliveryState.Withdrawn),
                [.. group.Where(count => !IsReached(count.State) && count.Why is not null).GroupBy(count => count.Why!)
                    .Select(why => new NotReached(why.Key, why.Sum(count => count.Count))).OrderByDescending(why => why.Count).ThenBy(why => why.Why, StringComparer.Ordinal)]);
        }).ToList();
        var feed = await feeds.OfAsync(plan.Municipality, cancellationToken);
        return new ReachView(
            plan.MessageId, clock.GetUtcNow(), plan.IssuedAt, plan.PlannedAt, people.Sum(count => count.Count), total, channels, feed.Hub.CountOf(plan.Municipality),
            await AfterAsync(arrived, plan, total, 0.5, cancellationToken), await AfterAsync(arrived, plan, total, 0.99, cancellationToken));
    }

    private static bool IsReached(string state) => state is DeliveryState.Sent or DeliveryState.Confirmed;

    private static async Task<double?> AfterAsync(IQueryable<LedgerEntry> arrived, PlanEntry plan, int total, double share, CancellationToken cancellationToken)
    {
        if (total == 0)
        {
            return null;
        }

        var at = await arrived.OrderBy(row => row.SettledAt).Select(row => row.SettledAt).Skip(DeliveryTimes.IndexOf(total, share)).Take(1).ToListAsync(cancellationToken);
        return at is [{ } settled] ? (settled - plan.IssuedAt).TotalMilliseconds : null;
    }
}

/// <summary>How far a message came.</summary>
/// <param name="AsOf">When it was counted.</param>
/// <param name="IssuedAt">Time of issue.</param>
/// <param name="PlannedAt">When every recipient was written down; null while they are being written.</param>
/// <param name="Recipients">Subscriptions that it is for, so far.</param>
/// <param name="Reached">Of these, those that it was sent to.</param>
/// <param name="OpenPages">Pages that are connected to this node now; they have it within the second.</param>
/// <param name="P50Milliseconds">From issue until half of those reached had been sent it.</param>
/// <param name="P99Milliseconds">The same for 99 of 100.</param>
public sealed record ReachView(
    string Id, DateTimeOffset AsOf, DateTimeOffset IssuedAt, DateTimeOffset? PlannedAt, int Recipients, int Reached, IReadOnlyList<ChannelReach> Channels, int OpenPages,
    double? P50Milliseconds, double? P99Milliseconds);

/// <param name="Queued">Wait for a try, or are under way.</param>
/// <param name="Sent">Taken over by a push service or a mail server.</param>
/// <param name="Confirmed">Taken by the receiver itself.</param>
/// <param name="Failed">Not reached, for good.</param>
/// <param name="NotNeeded">A newer message took its place, or the subscription ended.</param>
/// <param name="NotReached">Those not reached yet or for good, by the last reason.</param>
public sealed record ChannelReach(
    string Channel, int Recipients, int Queued, int Sent, int Confirmed, int Failed, int NotNeeded, IReadOnlyList<NotReached> NotReached);

public sealed record NotReached(string Why, int Count);
