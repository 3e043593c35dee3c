using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>A timer whose ticks are requests to its activation, so that they are turns like any other.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly TimerTick _tick;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _next;
    private TimeSpan _period;
    private bool _firing;
    private bool _disposed;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _period = options.Period;
        _tick = new TimerTick(activation, callback, options.Interleave, options.KeepAlive, Rearm, _stopped.Token);
        _timer = activation.Silo.CreateTimer(static state => ((GrainTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public static IGrainTimer Start(IGrainContext context, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var activation = RuntimeContext.Require();
        if (!ReferenceEquals(activation, context))
        {
            throw new InvalidOperationException("Current grain context differs from specified grain context.");
        }

        var timer = new GrainTimer(activation, callback, options);
        timer.Change(options.DueTime, options.Period);
        activation.AddTimer(timer);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _period = period;
            _next = dueTime;
            if (!_firing)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _timer.Dispose();
        _stopped.Cancel();
        _activation.RemoveTimer(this);
    }

    private static void Check(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest, name);
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_disposed || _firing)
            {
                return;
            }

            _firing = true;
            _next = _period;
        }

        // One tick at most is queued: the next is armed when this one ends. A closed activation takes none.
        _tick.Reset();
        _activation.TryEnqueue(_tick);
    }

    private void Rearm()
    {
        lock (_gate)
        {
            _firing = false;
            if (!_disposed)
            {
                _timer.Change(_next, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
