using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.Storage;

internal static class Holdings
{
    /// <summary>Readings by device.</summary>
    public static async Task<IReadOnlyList<Holding>> CountAsync(TelemetryDb database, CancellationToken cancellationToken)
    {
        var counts = await database.Series.AsNoTracking()
            .Select(series => new { series.Device, Count = database.Readings.LongCount(reading => reading.SeriesId == series.Id) })
            .ToListAsync(cancellationToken);
        return [.. counts.GroupBy(row => row.Device, StringComparer.Ordinal).Select(group => new Holding(group.Key, group.Sum(row => row.Count), "readings"))];
    }
}
