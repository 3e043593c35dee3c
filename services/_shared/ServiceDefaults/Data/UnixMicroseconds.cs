namespace SmartCity.ServiceDefaults.Data;

/// <summary>Times in the databases: microseconds since 1970-01-01T00:00:00Z.</summary>
public static class UnixMicroseconds
{
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time in Japan's offset, in which every answer is given.</summary>
    public static DateTimeOffset ToTime(long microseconds)
        => JapanTime.From(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
}

/// <summary>Japan Standard Time: UTC+9, without daylight saving since 1952.</summary>
public static class JapanTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static DateTimeOffset From(DateTimeOffset time) => time.ToOffset(Offset);

    public static DateTimeOffset GetJapanNow(this TimeProvider clock) => From(clock.GetUtcNow());
}
