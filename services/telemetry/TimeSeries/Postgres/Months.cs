using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>Months as Japan counts them, each named by when it begins, in microseconds since 1970.</summary>
internal static class Months
{
    /// <summary>Readings of a month further back, such as those of a clock that began in 1970, get no partition of their own.</summary>
    private const int YearsWithPartitions = 10;

    public static long Of(long t) => Of(UnixMicroseconds.ToTime(t));

    /// <summary>The months of a batch, which is nearly always one.</summary>
    public static long[] Of(HeadChanges changes)
    {
        var months = new HashSet<long>();
        var (first, next) = (0L, 0L);
        foreach (var (_, point) in changes.Points)
        {
            if (point.T < first || point.T >= next)
            {
                first = Of(point.T);
                next = UnixMicroseconds.From(UnixMicroseconds.ToTime(first).AddMonths(1));
                months.Add(first);
            }
        }

        return [.. months];
    }

    /// <summary>This month and the next one.</summary>
    public static long[] Around(DateTimeOffset now)
    {
        var month = Of(JapanTime.From(now));
        return [month, UnixMicroseconds.From(UnixMicroseconds.ToTime(month).AddMonths(1))];
    }

    public static bool HasPartition(long month, DateTimeOffset now)
        => month >= Of(JapanTime.From(now.AddYears(-YearsWithPartitions))) && month <= Around(now)[1];

    private static long Of(DateTimeOffset japan) => UnixMicroseconds.From(new DateTimeOffset(japan.Year, japan.Month, 1, 0, 0, 0, JapanTime.Offset));
}
