namespace SmartCity.Mqtt.Tests.Support;

/// <summary>A clock that stands still until a test moves it; due timers run on the caller's thread.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Moves on in steps of a second at most, so that periodic timers run as often as they would.</summary>
    public void Advance(TimeSpan time)
    {
        while (time > TimeSpan.Zero)
        {
            var step = time < TimeSpan.FromSeconds(1) ? time : TimeSpan.FromSeconds(1);
            time -= step;
            List<FakeTimer> due;
            lock (_gate)
            {
                _now += step;
                due = [.. _timers.Where(timer => timer.TakeDue(_now))];
            }

            due.ForEach(timer => timer.Run());
        }
    }

    private sealed class FakeTimer(FakeClock clock, Action run) : ITimer
    {
        private DateTimeOffset? _dueAt;
        private TimeSpan _period;

        public void Run() => run();

        public bool TakeDue(DateTimeOffset now)
        {
            if (_dueAt is not { } due || due > now)
            {
                return false;
            }

            _dueAt = _period > TimeSpan.Zero ? now + _period : null;
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                _period = period;
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
