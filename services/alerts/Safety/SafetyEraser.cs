using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Safety.Opening;
using SmartCity.Alerts.Safety.Reports;

namespace SmartCity.Alerts.Safety;

/// <summary>Deletes what people reported once nobody needs it, for the town of the scope.</summary>
public sealed class SafetyEraser(AlertDbContext database, SafetyDoor door, IOptions<SafetyOptions> options, TimeProvider clock)
{
    /// <returns>How many were deleted.</returns>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var untouched = now.AddDays(-options.Value.KeepDaysAtMost);
        var over = now.AddDays(-options.Value.KeepDays);
        var reports = database.Set<SafetyReport>();
        if (!await door.WasOpenAfterAsync(over, cancellationToken))
        {
            return await reports.Where(report => report.UpdatedAt <= over).ExecuteDeleteAsync(cancellationToken);
        }

        // While it goes on, and for some days after, only the very old goes, and of people who may still need a boat nothing.
        return await reports.Where(report => report.UpdatedAt <= untouched)
            .Where(report => report.IsExercise || report.Status != SafetyStatus.NeedHelp || report.Rescue == RescueStatus.Done)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
