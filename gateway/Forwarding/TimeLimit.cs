using Microsoft.Extensions.ObjectPool;

namespace SmartCity.Gateway.Forwarding;

/// <summary>Ends an exchange that takes too long; timers are used again, since there is one for each request.</summary>
internal sealed class TimeLimit : IDisposable
{
    private static readonly DefaultObjectPool<CancellationTokenSource> Idle = new(new Resettable(), maximumRetained: 1024);
    private readonly CancellationTokenSource _source;

    public TimeLimit(TimeSpan limit)
    {
        _source = Idle.Get();
        _source.CancelAfter(limit);
    }

    public CancellationToken Token => _source.Token;

    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>For streams, which end when one of the two ends them.</summary>
    public void Lift() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => Idle.Return(_source);

    private sealed class Resettable : PooledObjectPolicy<CancellationTokenSource>
    {
        public override CancellationTokenSource Create() => new();

        public override bool Return(CancellationTokenSource obj)
        {
            if (obj.TryReset())
            {
                return true;
            }

            obj.Dispose();
            return false;
        }
    }
}
