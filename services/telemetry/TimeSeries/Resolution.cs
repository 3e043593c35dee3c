namespace SmartCity.Telemetry.TimeSeries;

/// <summary>How wide a roll-up's buckets are. They begin at multiples of their width since 1970; days at midnight in Japan.</summary>
internal sealed record Resolution(string Name, long WidthMicroseconds, long OffsetMicroseconds = 0)
{
    private const long Second = 1_000_000;
    private const long JapanOffset = 9 * 3_600 * Second;

    public static readonly Resolution Minute = new("1m", 60 * Second);
    public static readonly Resolution TenMinutes = new("10m", 600 * Second);
    public static readonly Resolution Hour = new("1h", 3_600 * Second);
    public static readonly Resolution Day = new("1d", 86_400 * Second, JapanOffset);

    /// <summary>Those that are kept, finest first.</summary>
    public static readonly IReadOnlyList<Resolution> All = [Minute, TenMinutes, Hour, Day];

    /// <summary>The number under which it is stored.</summary>
    public long WidthSeconds => WidthMicroseconds / Second;

    /// <summary>Number of the bucket that a time is in.</summary>
    public long BucketOf(long t) => FloorDivide(t + OffsetMicroseconds, WidthMicroseconds);

    /// <summary>When a bucket begins.</summary>
    public long StartOf(long bucket) => (bucket * WidthMicroseconds) - OffsetMicroseconds;

    public static long FloorDivide(long dividend, long divisor)
        => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);
}
