namespace SmartCity.Orleans.Tests.Hosting;

/// <summary>A clock that can be set: the time of day moves, and timers see nothing of it, as with a real clock.</summary>
internal sealed class SkewedClock(FakeClock time) : TimeProvider
{
    private long _skew;

    public override long TimestampFrequency => time.TimestampFrequency;

    public void Set(TimeSpan by) => Interlocked.Add(ref _skew, by.Ticks);

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow().AddTicks(Interlocked.Read(ref _skew));

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
