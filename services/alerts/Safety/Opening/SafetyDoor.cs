using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Reading;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Safety.Opening;

/// <summary>Reads when people may report, and whether they could of late.</summary>
public sealed class SafetyDoor(AlertDbContext database, ActiveAlerts active, TimeProvider clock)
{
    private const string Actual = "Actual";
    private const string Exercise = "Exercise";
    private const string Cancel = "Cancel";
    private const int MostAlerts = 200;
    private const int LeastLevel = 3;

    public async Task<SafetyState> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var checks = await database.Set<SafetyCheck>().AsNoTracking().Where(check => check.ClosedAt == null && check.ClosesAt > now)
            .OrderByDescending(check => check.OpenedAt).ToListAsync(cancellationToken);
        var alerts = (await active.ReadAsync(after: null, MostAlerts, status: null, among: null, cancellationToken))
            .Select(message => message.ToView(cancelledAt: null)).Where(IsGrave).Select(alert => alert.Status).ToList();
        var isReal = alerts.Contains(Actual, StringComparer.Ordinal) || checks.Exists(check => !check.IsExercise);
        var isDrill = alerts.Contains(Exercise, StringComparer.Ordinal) || checks.Exists(check => check.IsExercise);
        var shown = checks.Find(check => check.IsExercise != isReal) ?? checks.FirstOrDefault();
        var isByAlert = alerts.Contains(isReal ? Actual : Exercise, StringComparer.Ordinal);
        return new SafetyState(isReal || isDrill, IsExercise: !isReal && isDrill, [.. Needs.All.Select(need => need.Key)], shown?.Id, isByAlert ? null : shown?.ClosesAt);
    }

    /// <summary>
    /// Whether people may have to flee: from level 3, and without a Japanese level from CAP severity Severe. Some advisory of
    /// level 2 is in force on many days of the year; nobody would look at reports that are always open.
    /// </summary>
    public static bool IsGrave(AlertView alert) => alert.Level is { } level ? level >= LeastLevel : alert.Severity is "Severe" or "Extreme";

    /// <summary>Whether people could report at any time after this: a grave alert or a check was in force, or is.</summary>
    public async Task<bool> WasOpenAfterAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await database.Set<SafetyCheck>().AnyAsync(check => (check.ClosedAt ?? check.ClosesAt) > since, cancellationToken))
        {
            return true;
        }

        var chains = await database.Chains.AsNoTracking().Where(chain => chain.Status == Actual || chain.Status == Exercise)
            .Where(chain => chain.CancelledAt == null ? chain.Expires > since : chain.CancelledAt > since).ToListAsync(cancellationToken);
        foreach (var chain in chains)
        {
            var messages = await database.Messages.AsNoTracking().Where(message => message.AlertId == chain.AlertId).OrderBy(message => message.Sent).ThenBy(message => message.Id).ToListAsync(cancellationToken);
            var lastGrave = messages.FindLastIndex(message => message.MsgType != Cancel && IsGrave(message.ToView(cancelledAt: null)));
            // What was lowered to an advisory ended for us when it was lowered.
            if (lastGrave >= 0 && (lastGrave == messages.Count - 1 || messages[lastGrave + 1].MsgType == Cancel || messages[lastGrave + 1].Sent > since))
            {
                return true;
            }
        }

        return false;
    }
}
