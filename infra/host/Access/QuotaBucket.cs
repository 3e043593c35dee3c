namespace SmartCity.Host.Access;

/// <summary>So many a second, with a second's worth at once; who comes too early is told when it is their turn.</summary>
internal sealed class QuotaBucket(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _perSecond;
    private double _tokens;
    private long _at;

    /// <summary>Sets the limit; what was used up stays used.</summary>
    public QuotaBucket WithLimit(int perSecond)
    {
        lock (_gate)
        {
            if (_perSecond == 0)
            {
                (_tokens, _at) = (perSecond, clock.GetTimestamp());
            }

            _perSecond = perSecond;
            return this;
        }
    }

    /// <summary>The wait until one's turn, which is thereby taken; null, and nothing taken, where it is longer than that.</summary>
    public TimeSpan? Take(TimeSpan longest)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _tokens = Math.Min(_perSecond, _tokens + (clock.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
            _at = now;
            var wait = _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / _perSecond);
            if (wait > longest)
            {
                return null;
            }

            _tokens--;
            return wait;
        }
    }

    /// <summary>Gives a turn back that was not used.</summary>
    public void Return()
    {
        lock (_gate)
        {
            _tokens++;
        }
    }
}
