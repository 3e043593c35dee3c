using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>
/// Who may talk to one machine, and when: a few at a time until it has answered, then many; nobody for a while after it
/// failed several times in a row. A machine that is dead or slow thereby holds few of those who send.
/// </summary>
/// <param name="most">Requests under way to a machine that answers.</param>
/// <param name="pauses">How long a machine that fails is left alone.</param>
internal sealed class HostLine(int most, Backoff pauses)
{
    private const int MostUnproven = 4;
    private const int MostWaiting = 256;
    private const int FailuresToPause = 5;
    // One answer alone leaves a machine alone no longer: it may speak for one receiver among thousands.
    private static readonly TimeSpan LongestForOneAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<DateTimeOffset?>> _waiting = new();
    private int _underWay;
    private int _failures;
    private bool _isProven;
    private DateTimeOffset _pausedUntil;

    private int Limit => _isProven ? most : Math.Min(most, MostUnproven);

    /// <summary>Whether it is left alone because it failed, or asked for it.</summary>
    public bool IsPaused(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _pausedUntil > now;
        }
    }

    /// <returns>Null to go, and to <see cref="Leave"/> afterwards; else when to come again.</returns>
    public Task<DateTimeOffset?> EnterAsync(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_pausedUntil > now)
            {
                return Task.FromResult<DateTimeOffset?>(_pausedUntil);
            }

            if (_underWay < Limit)
            {
                _underWay++;
                return Task.FromResult<DateTimeOffset?>(null);
            }

            if (_waiting.Count >= MostWaiting)
            {
                return Task.FromResult<DateTimeOffset?>(now + WhenFull);
            }

            var turn = new TaskCompletionSource<DateTimeOffset?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    /// <param name="isIll">Whether the machine failed; null where it was not asked.</param>
    /// <param name="pauseUntil">When it asked to be left alone until then, or null; it is, for a bounded time.</param>
    public void Leave(bool? isIll, DateTimeOffset now, DateTimeOffset? pauseUntil = null)
    {
        lock (_gate)
        {
            _underWay--;
            if (isIll == true)
            {
                _failures++;
                if (_failures >= FailuresToPause || pauseUntil is not null)
                {
                    var pause = now + pauses.After(Math.Max(1, _failures - FailuresToPause + 1));
                    var longest = now + (_failures >= FailuresToPause || pauses.Longest < LongestForOneAnswer ? pauses.Longest : LongestForOneAnswer);
                    _pausedUntil = pauseUntil > longest ? longest : pauseUntil > pause ? pauseUntil.Value : pause;
                    _isProven = false;
                    SendAway();
                }
            }
            else if (isIll == false)
            {
                _failures = 0;
                _isProven = true;
            }

            while (_underWay < Limit && _waiting.TryDequeue(out var next))
            {
                _underWay++;
                next.SetResult(null);
            }
        }
    }

    private void SendAway()
    {
        while (_waiting.TryDequeue(out var one))
        {
            one.SetResult(_pausedUntil);
        }
    }
}
