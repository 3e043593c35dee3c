using System.Collections.Concurrent;

namespace SmartCity.Gateway.Forwarding;

/// <summary>Ends an exchange that takes too long; timers are used again, since there is one for each request.</summary>
internal sealed class TimeLimit : IDisposable
{
    private const int MostIdle = 1024;
    private static readonly ConcurrentQueue<CancellationTokenSource> Idle = new();
    private readonly CancellationTokenSource _source;

    public TimeLimit(TimeSpan limit)
    {
        _source = Idle.TryDequeue(out var idle) ? idle : new CancellationTokenSource();
        _source.CancelAfter(limit);
    }

    public CancellationToken Token => _source.Token;

    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>For streams, which end when one of the two ends them.</summary>
    public void Lift() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        if (Idle.Count < MostIdle && _source.TryReset())
        {
            Idle.Enqueue(_source);
        }
        else
        {
            _source.Dispose();
        }
    }
}
