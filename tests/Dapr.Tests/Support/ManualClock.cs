namespace SmartCity.Dapr.Tests.Support;

/// <summary>A clock whose time stands still until moved; its timers are the system's.</summary>
internal sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
