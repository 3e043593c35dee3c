using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Alarms;

/// <summary>
/// Applies transitions to alarms, inside the caller's write transaction, after its inbox. It touches no alert: an alarm tells officers,
/// and a gauge that fell silent says nothing about the river.
/// </summary>
public sealed class AlarmBook(AlertDbContext database, AlertMetrics metrics, TimeProvider clock)
{
    /// <returns><c>raised</c>, <c>repeated</c>, <c>cleared</c>, <c>nothing-to-clear</c>, or <c>late</c>: a newer transition of the same device and rule was applied.</returns>
    internal async Task<string> ApplyAsync(Town town, AlarmSignal signal, CancellationToken cancellationToken)
    {
        var newest = await database.Set<Alarm>()
            .Where(row => row.Kind == signal.Kind && row.DeviceId == signal.DeviceId && row.RuleId == signal.RuleId)
            .OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancellationToken);
        var clear = await database.Set<AlarmClear>()
            .FirstOrDefaultAsync(row => row.Kind == signal.Kind && row.DeviceId == signal.DeviceId && row.RuleId == signal.RuleId, cancellationToken);
        var isLate = (newest is not null && signal.At < newest.LastAt) || (signal.IsRaised && signal.At < clear?.At);
        var outcome = isLate ? "late" : Apply(town, newest is { State: not AlarmState.Cleared } ? newest : null, signal);
        if (outcome == "nothing-to-clear")
        {
            Remember(town, clear, signal);
        }

        if (!database.IsRehearsal)
        {
            metrics.AlarmTold(signal.Kind, outcome);
        }

        return outcome;
    }

    private string Apply(Town town, Alarm? active, AlarmSignal signal)
    {
        switch (signal.IsRaised, active)
        {
            case (true, null):
                var begun = New(town, signal);
                database.Add(begun);
                Note(begun, AlarmAct.Raised, signal);
                return "raised";
            case (true, not null):
                // Somebody may have seen it already: that stays.
                active.Repeats++;
                (active.LastAt, active.Explanation) = (signal.At, signal.Explanation);
                Note(active, AlarmAct.Repeated, signal);
                return "repeated";
            case (false, not null):
                (active.State, active.LastAt, active.ClearedAt, active.EndedAt, active.Explanation) = (AlarmState.Cleared, signal.At, signal.At, clock.GetUtcNow(), signal.Explanation);
                Note(active, AlarmAct.Cleared, signal);
                return "cleared";
            default:
                return "nothing-to-clear";
        }
    }

    // Its raise may be on its way still, and nothing would ever end it.
    private void Remember(Town town, AlarmClear? clear, AlarmSignal signal)
    {
        if (clear is null)
        {
            database.Add(new AlarmClear
            {
                Municipality = town.Code,
                Kind = signal.Kind,
                DeviceId = signal.DeviceId,
                RuleId = signal.RuleId,
                At = signal.At,
                NotedAt = clock.GetUtcNow(),
            });
        }
        else if (clear.At < signal.At)
        {
            (clear.At, clear.NotedAt) = (signal.At, clock.GetUtcNow());
        }
    }

    private Alarm New(Town town, AlarmSignal signal) => new()
    {
        Municipality = town.Code,
        Id = RandomNumberGenerator.GetHexString(24, lowercase: true),
        Kind = signal.Kind,
        DeviceId = signal.DeviceId,
        DeviceName = signal.DeviceName,
        RuleId = signal.RuleId,
        Hazard = signal.Hazard,
        Level = signal.Level,
        State = AlarmState.Raised,
        Explanation = signal.Explanation,
        RaisedAt = signal.At,
        NoticedAt = clock.GetUtcNow(),
        LastAt = signal.At,
    };

    private void Note(Alarm alarm, AlarmAct what, AlarmSignal signal) => database.Add(new AlarmStep
    {
        Municipality = alarm.Municipality,
        AlarmId = alarm.Id,
        What = what,
        At = signal.At,
        Note = signal.Explanation,
    });
}
