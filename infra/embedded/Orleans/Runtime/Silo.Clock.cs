namespace SmartCity.Embedded.Grains;

/// <summary>
/// Time: a coarse clock that calls read instead of the real one, the search for calls that wait too long, and the search
/// for idle activations.
/// </summary>
internal sealed partial class Silo
{
    private readonly TimeSpan _grainTimeout;
    private readonly TimeSpan _clientTimeout;
    private readonly Lock _search = new();
    private ITimer? _clock;
    private ITimer? _collector;
    private long _now;
    private long _tick;
    private long _grainWait;
    private long _clientWait;

    /// <summary>The timestamp at the last tick.</summary>
    public long CoarseNow => Volatile.Read(ref _now);

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Time.TimestampFrequency);

    /// <summary>When a call made now has waited too long. The clock lags by up to a tick, so one is added.</summary>
    public long DeadlineOf(GrainMethod method)
    {
        var wait = method.Timeout is { } own ? Ticks(own) : RuntimeContext.Current is null ? _clientWait : _grainWait;
        return CoarseNow + wait + _tick;
    }

    public TimeSpan TimeoutOf(GrainMethod method) => method.Timeout ?? _clientTimeout;

    /// <summary>Makes a timer that does not carry the request context of whoever made it.</summary>
    public ITimer CreateTimer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Time.CreateTimer(callback, state, dueTime, period);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Time.CreateTimer(callback, state, dueTime, period);
        }
    }

    public void Dispose()
    {
        _clock?.Dispose();
        _collector?.Dispose();
    }

    private void StartClock()
    {
        var shorter = _grainTimeout < _clientTimeout ? _grainTimeout : _clientTimeout;
        var period = TimeSpan.FromMilliseconds(Math.Clamp(shorter.TotalMilliseconds / 8, 10, 1000));
        _tick = Ticks(period);
        _grainWait = Ticks(_grainTimeout);
        _clientWait = Ticks(_clientTimeout);
        _now = Time.GetTimestamp();
        _clock = CreateTimer(static state => ((Silo)state!).OnClock(), this, period, period);
        _collector = CreateTimer(static state => ((Silo)state!).CollectIdle(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
    }

    private void OnClock()
    {
        var now = Time.GetTimestamp();
        Volatile.Write(ref _now, now);

        // A search that takes longer than a tick is not doubled: the next tick searches again.
        if (_search.TryEnter())
        {
            try
            {
                FailExpired(now);
            }
            finally
            {
                _search.Exit();
            }
        }
    }

    private void FailExpired(long now)
    {
        var expired = new List<GrainRequest>();
        foreach (var activation in Activations())
        {
            activation.CollectExpired(now, expired);
        }

        foreach (var request in expired)
        {
            Log.ResponseTimedOut(request.Describe());
            request.FailAbandoned(new TimeoutException(
                $"Response did not arrive on time in {TimeoutOf(request.Method)} for message: {request.Describe()}."));
        }
    }

    private void CollectIdle()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in Activations())
        {
            if (activation.Class.AgeLimit(Collection) is { } age)
            {
                activation.CollectIfIdle(now, Ticks(age) + _tick);
            }
        }
    }
}
