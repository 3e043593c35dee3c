using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Actuators;

/// <summary>Writes down which sirens and signs a message is for: each message is looked at once, in the order of issue, and its rows are in the ledger before anything is sent.</summary>
internal sealed class ActuatorPlanner(AlertDbContext database, SecondOfficers seconds, ITownDirectory towns, TimeProvider clock, ILogger<ActuatorPlanner> log)
{
    /// <summary>How the ledger names a device among its recipients.</summary>
    public const string Prefix = "device:";

    private const int MostAtOnce = 20;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> PlanAsync(CancellationToken cancellationToken)
    {
        if (!await database.Set<PlanEntry>().IgnoreQueryFilters().AnyAsync(row => row.DevicesAt == null, cancellationToken))
        {
            return false;
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var plans = await database.Set<PlanEntry>().IgnoreQueryFilters().AsNoTracking().Where(row => row.DevicesAt == null)
            .OrderBy(row => row.Sequence).Take(MostAtOnce).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var plan in plans)
        {
            foreach (var (device, act) in await ActsAsync(plan, now, cancellationToken))
            {
                database.Add(RowOf(plan, device, act, now));
            }

            // The next message of the chain must see them.
            await database.SaveChangesAsync(cancellationToken);
            await database.Set<PlanEntry>().IgnoreQueryFilters().Where(row => row.Sequence == plan.Sequence)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DevicesAt, now), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        database.ChangeTracker.Clear();
        return plans.Count == MostAtOnce;
    }

    private async Task<IReadOnlyList<(Device Device, ActuatorAct Act)>> ActsAsync(PlanEntry plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (plan.IsSelfTest || !towns.TryGet(plan.Municipality, out var town) || PoliciesOf(town) is not { Count: > 0 } policies
            || await MessageAsync(plan, cancellationToken) is not { } view || !await MayActAsync(plan, view, cancellationToken))
        {
            return [];
        }

        var before = await BeforeAsync(plan, cancellationToken);
        var acts = new List<(Device, ActuatorAct)>();
        foreach (var device in town.Devices)
        {
            (bool, int?)? last = before.TryGetValue(Prefix + device.Id, out var known) ? known : null;
            if (ActuatorPolicy.For(policies, device, view) is { } policy && ActuatorAct.Of(policy, device, view, last) is { } act
                // What ends something is never too late.
                && (!act.Begins || plan.Expires > now))
            {
                acts.Add((device, act));
            }
        }

        return acts;
    }

    private IReadOnlyList<ActuatorPolicy> PoliciesOf(Town town)
    {
        if (!town.Offers(AppIds.Alerts))
        {
            return [];
        }

        var policies = ActuatorPolicy.Of(town, out var faults);
        if (faults.Count > 0)
        {
            log.SettingsNotUsable(town.Code, string.Join(", ", faults));
        }

        return policies;
    }

    // A message that can't be read moves nothing, and holds up no other.
    private async Task<AlertView?> MessageAsync(PlanEntry plan, CancellationToken cancellationToken)
    {
        try
        {
            return (await database.Messages.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(row => row.Id == plan.MessageId, cancellationToken))?.ToView(cancelledAt: null);
        }
        catch (JsonException exception)
        {
            log.MessageNotReadable(exception, plan.MessageId);
            return null;
        }
    }

    /// <summary>Other authorities' alerts move nothing here. A drill does only where it says so and two officers stand for it; a test never does.</summary>
    private async Task<bool> MayActAsync(PlanEntry plan, AlertView view, CancellationToken cancellationToken)
    {
        if (view.Origin is not null || view.Status is not (nameof(CapStatus.Actual) or nameof(CapStatus.Exercise)))
        {
            return false;
        }

        return view.IsActual || await seconds.AgreedToSirensAsync(plan, view, cancellationToken);
    }

    // What each device was told last in this chain, as far as it may have heard it.
    private async Task<Dictionary<string, (bool Begins, int? Level)>> BeforeAsync(PlanEntry plan, CancellationToken cancellationToken)
    {
        var rows = await database.Set<LedgerEntry>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => (row.Channel == ActuatorPolicy.Siren || row.Channel == ActuatorPolicy.Sign) && (row.MaybeArrived || row.NextAt != null))
            .Join(database.Set<PlanEntry>().IgnoreQueryFilters().Where(other => other.AlertId == plan.AlertId && other.Sequence < plan.Sequence),
                row => row.Sequence, other => other.Sequence, (row, other) => new { row.Sequence, row.SubscriptionId, row.Rank, other.Payload })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => Prefix + ActuatorEnds.DeviceOf(row.SubscriptionId), StringComparer.Ordinal).ToDictionary(group => group.Key, group =>
        {
            var last = group.MaxBy(row => (row.Sequence, row.Rank != Begin))!;
            return (last.Rank == Begin, LevelOf(last.Payload));
        }, StringComparer.Ordinal);
    }

    // Of one that can't be read any level is higher.
    private static int? LevelOf(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<AlertView>(payload, CityJson.Options)?.Level ?? 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    /// <summary>The ledger's rank of what begins or replaces; what ends has <c>0</c>.</summary>
    public const int Begin = 1;

    private static LedgerEntry RowOf(PlanEntry plan, Device device, ActuatorAct act, DateTimeOffset now) => new()
    {
        Sequence = plan.Sequence,
        SubscriptionId = Prefix + device.Id,
        Municipality = plan.Municipality,
        Channel = act.Policy.Channel,
        Rank = act.Begins ? Begin : 0,
        State = DeliveryState.Queued,
        Attempts = 0,
        NextAt = now,
        MaybeArrived = false,
        QueuedAt = now,
    };
}
