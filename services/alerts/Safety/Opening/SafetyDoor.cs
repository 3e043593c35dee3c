using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Reading;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Safety.Opening;

/// <summary>Reads when people may report, and when the last such time ended.</summary>
public sealed class SafetyDoor(AlertDbContext database, ActiveAlerts active, TimeProvider clock)
{
    private const string Actual = "Actual";
    private const string Exercise = "Exercise";
    private const int MostAlerts = 200;
    private const int LeastLevel = 3;

    public async Task<SafetyState> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var checks = await database.Set<SafetyCheck>().AsNoTracking().Where(check => check.ClosedAt == null && check.ClosesAt > now)
            .OrderByDescending(check => check.OpenedAt).ToListAsync(cancellationToken);
        var alerts = (await active.ReadAsync(after: null, MostAlerts, status: null, cancellationToken))
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

    /// <summary>When the last alert or check ended; null while one is in force, or where there never was one.</summary>
    public async Task<DateTimeOffset?> LastEndAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset?[] ends =
        [
            await database.Chains.AsNoTracking().Where(chain => chain.CancelledAt == null).OrderByDescending(chain => chain.Expires)
                .Select(chain => (DateTimeOffset?)chain.Expires).FirstOrDefaultAsync(cancellationToken),
            await database.Chains.AsNoTracking().Where(chain => chain.CancelledAt != null).OrderByDescending(chain => chain.CancelledAt)
                .Select(chain => chain.CancelledAt).FirstOrDefaultAsync(cancellationToken),
            (await database.Set<SafetyCheck>().AsNoTracking().ToListAsync(cancellationToken)).Select(check => (DateTimeOffset?)check.End).Max(),
        ];
        var last = ends.Max();
        return last <= clock.GetUtcNow() ? last : null;
    }
}
