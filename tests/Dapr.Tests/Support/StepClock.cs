namespace SmartCity.Dapr.Tests.Support;

/// <summary>A clock whose timestamps go on only by steps; its timers are the system's.</summary>
internal sealed class StepClock : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Step(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
