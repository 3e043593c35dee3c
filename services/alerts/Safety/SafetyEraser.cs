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
        // Kept for some days after the end of what it was about; while something is in force only the very old goes.
        var isOver = await door.LastEndAsync(cancellationToken) is { } end ? end <= over : !(await door.ReadAsync(cancellationToken)).IsOpen;
        var limit = isOver ? over : untouched;
        return await database.Set<SafetyReport>().Where(report => report.UpdatedAt <= limit).ExecuteDeleteAsync(cancellationToken);
    }
}
