using SmartCity.Embedded.Journal;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>What a <see cref="DaprSidecar"/> serves and where it keeps events.</summary>
public sealed record DaprSidecarOptions
{
    /// <summary>Where undelivered events and known subscriptions are kept; made if missing. One sidecar at a time may use it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The apps, each with an HTTP port of its own: the port a request comes in by says which app is calling.</summary>
    public IReadOnlyList<DaprAppOptions> Apps { get; init; } = [];

    /// <summary>
    /// Directories with Dapr resource files, as <c>--resources-path</c>: components, subscriptions and resiliency
    /// policies. When there is one, its components are the only ones.
    /// </summary>
    public IReadOnlyList<string> ResourcesPaths { get; init; } = [];

    /// <summary>Names of the pub/sub components that exist without resource files; publishing to another is 404.</summary>
    public IReadOnlyList<string> PubsubNames { get; init; } = ["pubsub"];

    /// <summary>Names of the state stores that exist without resource files.</summary>
    public IReadOnlyList<string> StateStoreNames { get; init; } = ["statestore"];

    /// <summary>
    /// Subscriptions known before the app has been asked, as Dapr's declarative ones: events for them are kept from the
    /// first moment on. What the app itself answers for the same topic takes their place.
    /// </summary>
    public IReadOnlyList<DeclaredSubscription> Subscriptions { get; init; } = [];

    /// <summary>When set, every request but the health checks must carry it as <c>dapr-api-token</c>.</summary>
    public string? ApiToken { get; init; }

    /// <summary>When set, every request to an app carries it as <c>dapr-api-token</c>.</summary>
    public string? AppApiToken { get; init; }

    /// <summary>How events are delivered and delivered again.</summary>
    public DaprDeliveryOptions Delivery { get; init; } = new();

    /// <summary>How much is accepted.</summary>
    public DaprSidecarLimits Limits { get; init; } = new();

    /// <summary>How the event log is written.</summary>
    public AppendLogOptions Journal { get; init; } = new();
}

/// <summary>One app behind the sidecar.</summary>
public sealed record DaprAppOptions
{
    /// <summary>The app id.</summary>
    public required string AppId { get; init; }

    /// <summary>The sidecar's loopback port for this app; 0 lets the system pick (see <see cref="DaprSidecar.AddressOf"/>).</summary>
    public int HttpPort { get; init; }

    /// <summary>Where the app listens, or null until <see cref="DaprSidecar.SetAppAddress"/> says so.</summary>
    public Uri? AppAddress { get; init; }
}

/// <summary>A subscription that exists before its app has been asked (Dapr docs, "Declarative subscriptions").</summary>
/// <param name="AppId">The subscriber.</param>
/// <param name="Topic">The topic, matched exactly.</param>
/// <param name="Route">The app's path that events are posted to.</param>
/// <param name="PubsubName">The pub/sub component.</param>
/// <param name="DeadLetterTopic">Where events go that cannot be delivered, or null to drop them with an error in the log.</param>
public sealed record DeclaredSubscription(string AppId, string Topic, string Route, string PubsubName = "pubsub", string? DeadLetterTopic = null);
