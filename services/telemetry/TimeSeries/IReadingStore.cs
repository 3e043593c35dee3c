namespace SmartCity.Telemetry.TimeSeries;

/// <summary>A series as readers name it.</summary>
/// <param name="Id">Number of its row in <c>series</c>.</param>
internal sealed record SeriesKey(long Id, string Municipality, string Device, string Metric);

/// <summary>
/// Readings of one database. What was committed is first pending, and settles into the tables from which spans of time are
/// read quickly, with their roll-ups; readers see both, each reading once.
/// </summary>
internal interface IReadingStore
{
    /// <summary>Points that have not settled, ordered by time.</summary>
    Task<List<Point>> PendingAsync(SeriesKey series, long from, long to, CancellationToken cancellationToken);

    /// <summary>Points that have settled, from a time (included) to another (excluded), ordered by time.</summary>
    Task<List<Point>> SettledAsync(SeriesKey series, long from, long to, int atMost, CancellationToken cancellationToken);

    /// <summary>Roll-ups of the points that have settled, from one bucket to another, both included, ordered.</summary>
    Task<List<Rollup>> SettledRollupsAsync(SeriesKey series, Resolution resolution, long firstBucket, long lastBucket, CancellationToken cancellationToken);
}
