namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The states of a circuit breaker.</summary>
internal enum CircuitState
{
    Closed,
    HalfOpen,
    Open,
}

/// <summary>
/// Lets no more requests through to what keeps failing, and after a pause a few to see whether it has recovered: the
/// states and counts of upstream's breaker.
/// </summary>
internal sealed class CircuitBreaker(CircuitBreakerPolicy policy, TimeProvider clock, Action<CircuitState, CircuitState> onChange)
{
    private readonly Lock _gate = new();
    private CircuitState _state;
    private CircuitCounts _counts = new();
    private long _generation;
    private long _since = clock.GetTimestamp();

    public CircuitState State
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _state;
            }
        }
    }

    /// <summary>How long it stays open for; zero when it is not open.</summary>
    public TimeSpan OpenFor
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _state == CircuitState.Open ? policy.Timeout - clock.GetElapsedTime(_since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Asks to make a request; the ticket goes to <see cref="Report"/> with its outcome.</summary>
    /// <exception cref="CircuitOpenException">It is open, or half open with enough requests under way.</exception>
    public long Enter()
    {
        lock (_gate)
        {
            Refresh();
            if (_state == CircuitState.Open)
            {
                throw new CircuitOpenException("circuit breaker is open");
            }

            if (_state == CircuitState.HalfOpen && _counts.Requests >= policy.MaximumRequests)
            {
                throw new CircuitOpenException("too many requests");
            }

            _counts.Requests++;
            return _generation;
        }
    }

    public void Report(long ticket, bool isSuccess)
    {
        lock (_gate)
        {
            Refresh();
            if (ticket != _generation)
            {
                // A request from before the last change says nothing about the time since.
                return;
            }

            if (isSuccess)
            {
                Succeed();
            }
            else
            {
                Fail();
            }
        }
    }

    /// <summary>Takes a request back that had neither outcome, as one whose caller went away.</summary>
    public void Withdraw(long ticket)
    {
        lock (_gate)
        {
            if (ticket == _generation && _counts.Requests > 0)
            {
                _counts.Requests--;
            }
        }
    }

    private void Succeed()
    {
        _counts.TotalSuccesses++;
        _counts.ConsecutiveSuccesses++;
        _counts.ConsecutiveFailures = 0;
        if (_state == CircuitState.HalfOpen && _counts.ConsecutiveSuccesses >= policy.MaximumRequests)
        {
            Change(CircuitState.Closed);
        }
    }

    private void Fail()
    {
        _counts.TotalFailures++;
        _counts.ConsecutiveFailures++;
        _counts.ConsecutiveSuccesses = 0;
        if (_state == CircuitState.HalfOpen || policy.MustOpen(_counts))
        {
            Change(CircuitState.Open);
        }
    }

    private void Refresh()
    {
        var elapsed = clock.GetElapsedTime(_since);
        if (_state == CircuitState.Open && elapsed >= policy.Timeout)
        {
            Change(CircuitState.HalfOpen);
        }
        else if (_state == CircuitState.Closed && policy.Interval > TimeSpan.Zero && elapsed >= policy.Interval)
        {
            Begin();
        }
    }

    private void Change(CircuitState to)
    {
        var from = _state;
        _state = to;
        Begin();
        onChange(from, to);
    }

    private void Begin()
    {
        _counts = new CircuitCounts();
        _generation++;
        _since = clock.GetTimestamp();
    }
}

/// <summary>A circuit breaker let a request not through; it was not made.</summary>
internal sealed class CircuitOpenException(string message) : Exception(message);
