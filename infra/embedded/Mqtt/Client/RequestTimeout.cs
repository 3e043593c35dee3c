namespace MQTTnet;

/// <summary>The caller's cancellation when it can cancel, otherwise the general timeout of the options, as upstream.</summary>
internal sealed class RequestTimeout : IDisposable
{
    private readonly CancellationTokenSource? _timeout;

    public RequestTimeout(TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _timeout = cancellationToken.CanBeCanceled ? null : new CancellationTokenSource(timeout, timeProvider);
        Token = _timeout?.Token ?? cancellationToken;
    }

    public CancellationToken Token { get; }

    public bool HasExpired => _timeout is { IsCancellationRequested: true };

    public void Dispose() => _timeout?.Dispose();
}
