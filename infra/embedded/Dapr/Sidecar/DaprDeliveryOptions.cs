namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>How events reach the apps.</summary>
public sealed record DaprDeliveryOptions
{
    /// <summary>Pause before the first redelivery after an app's failure; doubles with each further one, with jitter.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between redeliveries.</summary>
    public TimeSpan MaximumBackoff { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Redeliveries before an event goes to the dead-letter topic (or is dropped with an error in the log); -1 is
    /// without end. Times at which the app cannot be reached do not count.
    /// </summary>
    public int MaximumRetries { get; init; } = -1;

    /// <summary>How long an app may take for one event before the delivery counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Events of one app and topic under way at once. One (the default) keeps them in order; more trades order for rate.
    /// </summary>
    public int ConcurrentDeliveries { get; init; } = 1;

    /// <summary>How often a healthy app is asked for its subscriptions again.</summary>
    public TimeSpan SubscribeInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause between attempts to reach an app that is down; doubles up to <see cref="MaximumProbePause"/>.</summary>
    public TimeSpan InitialProbePause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause between attempts to reach an app that is down.</summary>
    public TimeSpan MaximumProbePause { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>How much a <see cref="DaprSidecar"/> accepts.</summary>
public sealed record DaprSidecarLimits
{
    /// <summary>Largest publish or state request in bytes; beyond it 413. Dapr's own default.</summary>
    public long MaximumEventBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Largest request body of a service invocation in bytes; beyond it 413. Bodies are streamed, not held.</summary>
    public long MaximumInvocationBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Events that may wait for one app and topic; beyond it publishing to the topic is 429.</summary>
    public int QueueEvents { get; init; } = 100_000;

    /// <summary>Bytes that may wait for one app and topic; beyond it publishing to the topic is 429.</summary>
    public long QueueBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes that all state stores may hold together, in memory and on disk; beyond it writes are 507.</summary>
    public long StateBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Connections to each app's port at once; further ones are closed.</summary>
    public int Connections { get; init; } = 1024;

    /// <summary>How long an invoked app may take until its response headers arrive.</summary>
    public TimeSpan InvocationTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take to send its request headers.</summary>
    public TimeSpan RequestHeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Log size in bytes from which it is rewritten without the events long delivered.</summary>
    public long CompactionBytes { get; init; } = 16 * 1024 * 1024;
}
