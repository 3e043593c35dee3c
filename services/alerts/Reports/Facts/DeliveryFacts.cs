using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Actuators;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Reports.Facts;

/// <summary>Counts the ledger's rows of some messages: the same states that <see cref="Delivery.Reach.ReachReader"/> counts for one.</summary>
internal sealed class DeliveryFacts(AlertDbContext database)
{
    private const int MostNotReached = 500;

    /// <summary>Their receivers are devices, which are no people who were reached or missed.</summary>
    private static readonly string[] OfDevices = [ActuatorPolicy.Siren, ActuatorPolicy.Sign];

    private readonly List<(string Channel, double Milliseconds, DateTimeOffset At)> _arrivals = [];

    /// <summary>The channels of one message; what arrived is remembered for <see cref="TotalsOf"/>.</summary>
    public async Task<IReadOnlyList<ChannelReport>> OfMessageAsync(long sequence, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        var rows = Rows([sequence]);
        var counts = await rows.GroupBy(row => new { row.Channel, row.State, row.Why })
            .Select(group => new Counted(group.Key.Channel, group.Key.State, group.Key.Why, group.Count())).ToListAsync(cancellationToken);
        var settled = await rows.Where(row => (row.State == DeliveryState.Sent || row.State == DeliveryState.Confirmed) && row.SettledAt != null)
            .Select(row => new { row.Channel, At = row.SettledAt!.Value }).ToListAsync(cancellationToken);
        var arrivals = settled.Select(row => (row.Channel, Milliseconds: Math.Max(0, (row.At - issuedAt).TotalMilliseconds), row.At)).ToList();
        _arrivals.AddRange(arrivals);
        return Channels(counts, arrivals);
    }

    /// <summary>The channels of several messages together.</summary>
    public IReadOnlyList<ChannelReport> TotalsOf(IEnumerable<ChannelReport> ofMessages) => [.. ofMessages.GroupBy(channel => channel.Channel, StringComparer.Ordinal)
        .OrderBy(group => OfDevices.Contains(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group =>
        {
            var own = _arrivals.Where(arrival => arrival.Channel == group.Key).ToList();
            return new ChannelReport(
                group.Key, group.Sum(channel => channel.Planned), group.Sum(channel => channel.Sent), group.Sum(channel => channel.Confirmed), group.Sum(channel => channel.UnderWay),
                group.Sum(channel => channel.Failed), group.Sum(channel => channel.Superseded), group.Sum(channel => channel.Withdrawn),
                DeliveryTimes.Of(own.Select(arrival => arrival.Milliseconds)), own.Count == 0 ? null : own.Max(arrival => arrival.At), Reasons(group.SelectMany(channel => channel.FailedWhy)))
            { IsDevices = OfDevices.Contains(group.Key) };
        })];

    /// <summary>The people behind the deliveries, and those that were not reached.</summary>
    /// <param name="levels">Of the messages, by their sequence.</param>
    public async Task<PeopleReport> PeopleAsync(IReadOnlyDictionary<long, (string Id, int? Level)> levels, CancellationToken cancellationToken)
    {
        long[] sequences = [.. levels.Keys];
        var people = await PeopleRows(sequences).GroupBy(row => row.SubscriptionId)
            .Select(group => new
            {
                Arrived = group.Sum(row => row.State == DeliveryState.Sent || row.State == DeliveryState.Confirmed ? 1 : 0),
                Open = group.Sum(row => row.State == DeliveryState.Queued || row.State == DeliveryState.Sending ? 1 : 0),
                Lost = group.Sum(row => row.State == DeliveryState.Failed || row.State == DeliveryState.Superseded ? 1 : 0),
            })
            .GroupBy(person => new { Arrived = person.Arrived > 0, Open = person.Open > 0, Lost = person.Lost > 0 })
            .Select(group => new { group.Key.Arrived, group.Key.Open, group.Key.Lost, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return new PeopleReport(
            people.Sum(group => group.Count),
            people.Where(group => group.Arrived).Sum(group => group.Count),
            people.Where(group => group is { Arrived: false, Open: false, Lost: true }).Sum(group => group.Count),
            people.Where(group => group is { Arrived: false, Open: true }).Sum(group => group.Count),
            DeliveryTimes.Of(_arrivals.Where(arrival => !OfDevices.Contains(arrival.Channel)).Select(arrival => arrival.Milliseconds)),
            await NotReachedAsync(sequences, levels, cancellationToken));
    }

    /// <summary>What was settled after a time.</summary>
    public async Task<(int Delivered, int Failed)> SettledAfterAsync(IReadOnlyList<string> messageIds, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var counts = await database.Set<LedgerEntry>().AsNoTracking()
            .Where(row => database.Set<PlanEntry>().Any(plan => plan.Sequence == row.Sequence && messageIds.Contains(plan.MessageId)) && row.SettledAt > after)
            .GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return (counts.Where(count => IsArrived(count.Key)).Sum(count => count.Count), counts.Where(count => count.Key == DeliveryState.Failed).Sum(count => count.Count));
    }

    private async Task<IReadOnlyList<MissedDelivery>> NotReachedAsync(long[] sequences, IReadOnlyDictionary<long, (string Id, int? Level)> levels, CancellationToken cancellationToken)
    {
        // What was tried in vain until a newer message took its place was not reached either.
        var failed = await PeopleRows(sequences).Where(row => row.State == DeliveryState.Failed || (row.State == DeliveryState.Superseded && row.Why != null))
            .OrderBy(row => row.SubscriptionId).ThenBy(row => row.Sequence).Take(MostNotReached)
            .GroupJoin(database.Set<SubscriptionAddress>(), row => new { row.SubscriptionId, row.Rank }, address => new { address.SubscriptionId, address.Rank }, (row, addresses) => new { row, addresses })
            .SelectMany(pair => pair.addresses.DefaultIfEmpty(), (pair, address) => new { Row = pair.row, Masked = address == null ? null : address.Masked })
            .ToListAsync(cancellationToken);
        var missed = failed.Select(pair => pair.Row.SubscriptionId).Distinct(StringComparer.Ordinal).ToList();
        var others = (await Rows(sequences).Where(row => missed.Contains(row.SubscriptionId) && (row.State == DeliveryState.Sent || row.State == DeliveryState.Confirmed))
            .Select(row => row.SubscriptionId).Distinct().ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return [.. failed.Select(pair => new MissedDelivery(
            levels[pair.Row.Sequence].Id, levels[pair.Row.Sequence].Level, pair.Row.Channel, pair.Masked, pair.Row.Why, pair.Row.SettledAt, others.Contains(pair.Row.SubscriptionId)))
            .OrderBy(missing => missing.GotAnother).ThenBy(missing => missing.Channel, StringComparer.Ordinal).ThenBy(missing => missing.Address, StringComparer.Ordinal)];
    }

    private IQueryable<LedgerEntry> Rows(long[] sequences) => database.Set<LedgerEntry>().AsNoTracking().Where(row => sequences.Contains(row.Sequence));

    private IQueryable<LedgerEntry> PeopleRows(long[] sequences) => Rows(sequences).Where(row => !OfDevices.Contains(row.Channel));

    private static IReadOnlyList<ChannelReport> Channels(List<Counted> counts, List<(string Channel, double Milliseconds, DateTimeOffset At)> arrivals)
        => [.. counts.GroupBy(count => count.Channel).OrderBy(group => OfDevices.Contains(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            int Of(params string[] states) => group.Where(count => states.Contains(count.State)).Sum(count => count.Count);
            var own = arrivals.Where(arrival => arrival.Channel == group.Key).ToList();
            return new ChannelReport(
                group.Key, group.Sum(count => count.Count), Of(DeliveryState.Sent), Of(DeliveryState.Confirmed), Of(DeliveryState.Queued, DeliveryState.Sending), Of(DeliveryState.Failed),
                Of(DeliveryState.Superseded), Of(DeliveryState.Withdrawn), DeliveryTimes.Of(own.Select(arrival => arrival.Milliseconds)), own.Count == 0 ? null : own.Max(arrival => arrival.At),
                Reasons(group.Where(count => count.State == DeliveryState.Failed).Select(count => new ReasonCount(count.Why ?? "not-known", count.Count))))
            { IsDevices = OfDevices.Contains(group.Key) };
        })];

    private static IReadOnlyList<ReasonCount> Reasons(IEnumerable<ReasonCount> reasons) => [.. reasons.GroupBy(reason => reason.Why, StringComparer.Ordinal)
        .Select(group => new ReasonCount(group.Key, group.Sum(reason => reason.Count))).OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Why, StringComparer.Ordinal)];

    private static bool IsArrived(string state) => state is DeliveryState.Sent or DeliveryState.Confirmed;

    private sealed record Counted(string Channel, string State, string? Why, int Count);
}
