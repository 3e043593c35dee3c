namespace SmartCity.Portal.Tests.Hosting;

/// <summary>A clock that stands still; timers run as ever.</summary>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>21 November 2026, 23:45 in Japan.</summary>
    public static FixedClock Evening { get; } = new(new DateTimeOffset(2026, 11, 21, 14, 45, 0, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => now;
}
