namespace SmartCity.Gateway.Forwarding;

/// <summary>
/// One address of a service with its circuit breaker: after three failures in a row it is left alone for a second, then
/// one request tries it; each failed trial doubles the pause up to half a minute.
/// </summary>
internal sealed class Replica(string address, TimeProvider clock)
{
    private const int FailuresToOpen = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private int _failures;
    private long _openUntil;
    private volatile bool _unhealthy;

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; } = address.TrimEnd('/');

    public AddressBook Addresses { get; } = new(address.TrimEnd('/'));

    /// <summary>When it was last asked for something, by the clock's timestamp; 0 for never.</summary>
    public long LastUsed { get; private set; }

    public bool IsOpen => Volatile.Read(ref _failures) >= FailuresToOpen;

    /// <summary>Whether the last active checks failed.</summary>
    public bool IsUnhealthy => _unhealthy;

    /// <summary>Whether a request may go there now; the answer is then told by <see cref="Succeeded"/> or <see cref="Failed"/>.</summary>
    public bool TryEnter()
    {
        var now = clock.GetTimestamp();
        LastUsed = now;
        if (_unhealthy)
        {
            return false;
        }

        if (!IsOpen)
        {
            return true;
        }

        // One trial at a time: who moves the end of the pause goes.
        var until = Volatile.Read(ref _openUntil);
        return now >= until && Interlocked.CompareExchange(ref _openUntil, now + Ticks(PauseAfter(_failures + 1)), until) == until;
    }

    public void Succeeded()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }
    }

    /// <returns>True when this failure opened the circuit.</returns>
    public bool Failed()
    {
        var failures = Interlocked.Increment(ref _failures);
        if (failures < FailuresToOpen)
        {
            return false;
        }

        Volatile.Write(ref _openUntil, clock.GetTimestamp() + Ticks(PauseAfter(failures)));
        return failures == FailuresToOpen;
    }

    /// <summary>What an active check found; a healthy replica is trusted again at once.</summary>
    public void Checked(bool healthy)
    {
        _unhealthy = !healthy;
        if (healthy)
        {
            Succeeded();
        }
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - FailuresToOpen, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
