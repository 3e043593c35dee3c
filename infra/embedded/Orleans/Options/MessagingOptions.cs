using System.Diagnostics;

namespace Orleans.Configuration;

/// <summary>How calls behave.</summary>
public abstract class MessagingOptions
{
    private TimeSpan _responseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits before <see cref="TimeoutException"/>.</summary>
    public TimeSpan ResponseTimeout
    {
        get => Debugger.IsAttached ? ResponseTimeoutWithDebugger : _responseTimeout;
        set => _responseTimeout = value;
    }

    /// <summary>How long a caller waits while a debugger is attached.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a request whose caller gave up while it was queued is skipped.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>Whether a cancelled caller waits for the grain's answer instead of being cancelled at once.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}

/// <summary>How calls from outside of grains behave.</summary>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>How calls from grains behave.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>100,000: upstream has no limit, here every queue is bounded.</summary>
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT = 100_000;

    /// <summary>How long a request may run before its activation counts as stuck and waiting requests go to a new one; two hours.</summary>
    public TimeSpan MaxRequestProcessingTime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Requests that may wait for one activation before callers get LimitExceededException; 0 means no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT;
}
