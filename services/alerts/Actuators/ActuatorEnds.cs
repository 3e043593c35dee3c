using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Actuators;

/// <summary>
/// Has devices end what an alert began that ran out, of which no message tells, or that was cancelled without their being told: no sign
/// shows an order for ever.
/// </summary>
internal sealed class ActuatorEnds(AlertDbContext database, ITownDirectory towns, TimeProvider clock)
{
    /// <summary>After the device's name in the ledger: the message that began it has a row of the device already.</summary>
    public const string Suffix = "#end";

    /// <summary>How long an end is good: what it ends has no time of its own any more.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(1);

    // A cancel is looked at for itself first.
    private static readonly TimeSpan CancelsTurn = TimeSpan.FromMinutes(1);

    public static string DeviceOf(string recipient) => recipient[ActuatorPlanner.Prefix.Length..].Split('#')[0];

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (since, cancelled) = (now - Life, now - CancelsTurn);
        var recipients = towns.Towns.SelectMany(Endable).Select(device => ActuatorPlanner.Prefix + device.Id).Distinct(StringComparer.Ordinal)
            .SelectMany(name => new[] { name, name + Suffix }).ToList();
        if (recipients.Count == 0)
        {
            return;
        }

        var rows = await database.Chains.IgnoreQueryFilters().AsNoTracking()
            .Where(chain => chain.CancelledAt == null ? chain.Expires <= now && chain.Expires > since : chain.CancelledAt <= cancelled && chain.CancelledAt > since)
            .Join(database.Set<PlanEntry>().IgnoreQueryFilters(), chain => chain.AlertId, plan => plan.AlertId, (chain, plan) => plan)
            .Join(database.Set<LedgerEntry>().IgnoreQueryFilters().Where(row => recipients.Contains(row.SubscriptionId)),
                plan => plan.Sequence, row => row.Sequence, (plan, row) => new { plan.AlertId, plan.MessageId, Row = row })
            .ToListAsync(cancellationToken);
        var ends = new List<LedgerEntry>();
        foreach (var told in rows.GroupBy(one => (one.AlertId, one.Row.Municipality, Device: DeviceOf(one.Row.SubscriptionId))))
        {
            var begun = told.Where(one => one.Row.Rank == ActuatorPlanner.Begin && one.Row.MaybeArrived).MaxBy(one => one.Row.Sequence);
            if (begun is not null && !told.Any(one => one.Row.Rank != ActuatorPlanner.Begin && one.Row.Sequence >= begun.Row.Sequence)
                && !await SaysSomethingElseAsync(begun.AlertId, begun.Row, now, cancellationToken)
                && await PolicyAsync(begun.MessageId, told.Key.Municipality, told.Key.Device, cancellationToken) is { End: not null } policy)
            {
                ends.Add(RowOf(begun.Row, told.Key.Device, policy, now));
            }
        }

        if (ends.Count == 0)
        {
            return;
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        database.AddRange(ends);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        database.ChangeTracker.Clear();
    }

    private static IEnumerable<Device> Endable(Town town)
    {
        var kinds = ActuatorPolicy.Of(town, out _).Where(policy => policy.End is not null).Select(policy => policy.Kind).ToHashSet(StringComparer.Ordinal);
        return town.Devices.Where(device => kinds.Contains(device.Kind));
    }

    // Another alert took the device over, and is in force: its words stay.
    private Task<bool> SaysSomethingElseAsync(string alertId, LedgerEntry begun, DateTimeOffset now, CancellationToken cancellationToken)
        => database.Set<LedgerEntry>().IgnoreQueryFilters()
            .Where(row => row.SubscriptionId == begun.SubscriptionId && row.Municipality == begun.Municipality && row.Sequence > begun.Sequence
                && row.Rank == ActuatorPlanner.Begin && (row.MaybeArrived || row.NextAt != null))
            .Join(database.Set<PlanEntry>().IgnoreQueryFilters().Where(plan => plan.AlertId != alertId), row => row.Sequence, plan => plan.Sequence, (row, plan) => plan.AlertId)
            .AnyAsync(other => database.Chains.IgnoreQueryFilters().Any(chain => chain.AlertId == other && chain.CancelledAt == null && chain.Expires > now), cancellationToken);

    private async Task<ActuatorPolicy?> PolicyAsync(string messageId, string municipality, string deviceId, CancellationToken cancellationToken)
        => towns.TryGet(municipality, out var town) && town.Devices.FirstOrDefault(device => device.Id == deviceId) is { } known
            && await database.Messages.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(message => message.Id == messageId, cancellationToken) is { } message
            ? ActuatorPolicy.For(ActuatorPolicy.Of(town, out _), known, message.ToView(cancelledAt: null))
            : null;

    private static LedgerEntry RowOf(LedgerEntry begun, string device, ActuatorPolicy policy, DateTimeOffset now) => new()
    {
        Sequence = begun.Sequence,
        SubscriptionId = ActuatorPlanner.Prefix + device + Suffix,
        Municipality = begun.Municipality,
        Channel = policy.Channel,
        Rank = 0,
        State = DeliveryState.Queued,
        Attempts = 0,
        NextAt = now,
        MaybeArrived = false,
        QueuedAt = now,
    };
}
