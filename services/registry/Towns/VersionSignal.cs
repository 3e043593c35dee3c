namespace SmartCity.Registry.Towns;

/// <summary>A version that others wait for.</summary>
public sealed class VersionSignal(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public void Raise(long version)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            if (version <= _version)
            {
                return;
            }

            _version = version;
            (reached, _next) = (_next, New());
        }

        reached.SetResult();
    }

    /// <summary>Returns when the version is beyond <paramref name="version"/>, or when the time is up.</summary>
    public async Task WaitBeyondAsync(long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task next;
        lock (_gate)
        {
            if (_version > version || atMost <= TimeSpan.Zero)
            {
                return;
            }

            next = _next.Task;
        }

        await next.WaitAsync(atMost, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
