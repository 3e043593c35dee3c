using Microsoft.Extensions.Logging;

namespace SmartCity.Engine;

/// <summary>What the one-machine host needs beside the services: an MQTT broker and a Dapr sidecar per app id.</summary>
public sealed record LocalPlatformOptions
{
    /// <summary>Where the broker and the sidecars keep what they promised to keep.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Loopback port of the broker.</summary>
    public required int MqttPort { get; init; }

    /// <summary>Sidecar port by app id.</summary>
    public required IReadOnlyDictionary<string, int> SidecarPorts { get; init; }

    /// <summary>Who may connect, publish and subscribe.</summary>
    public required IMqttAccess Access { get; init; }

    /// <summary>How much each may publish; null for no limit.</summary>
    public IMqttQuota? Quota { get; init; }

    /// <summary>Sessions that the broker keeps messages for from its first start on.</summary>
    public IReadOnlyList<LocalMqttSession> DurableSessions { get; init; } = [];

    /// <summary>Subscriptions that the sidecars keep events for from their first start on.</summary>
    public IReadOnlyList<LocalSubscription> Subscriptions { get; init; } = [];

    /// <summary>What the sidecars prove themselves with to their apps (<c>APP_API_TOKEN</c>), or null for nothing.</summary>
    public string? AppApiToken { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}

/// <summary>An MQTT session that exists before its client has ever connected.</summary>
public sealed record LocalMqttSession(string ClientId, string UserName, IReadOnlyList<string> TopicFilters);

/// <summary>A subscription that exists before its app has ever run.</summary>
public sealed record LocalSubscription(string AppId, string Topic, string Route, string DeadLetterTopic);

/// <summary>Who may do what on the broker.</summary>
public interface IMqttAccess
{
    /// <summary>Whether the password is the user's. May wait for whoever knows.</summary>
    /// <param name="clientId">Names the session; a client that comes again with the same takes the older connection's place.</param>
    ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken);

    bool MayPublish(string userName, string topic);

    bool MaySubscribe(string userName, string topicFilter);

    /// <summary>What to tell about a refusal: a topic and a payload that the broker publishes itself, or null.</summary>
    /// <param name="userName">The name the client gave.</param>
    /// <param name="topic">The topic or filter that was refused, or null for a refused connection.</param>
    (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic);
}

/// <summary>Whether a client is let in.</summary>
public enum MqttAdmission
{
    Refused,
    Admitted,

    /// <summary>Nobody can say yet: the client is to come again (MQTT reason 0x88).</summary>
    Unavailable,
}

/// <summary>How much each may publish. Asked once for each publish, on many threads: it must be quick and never block.</summary>
public interface IMqttQuota
{
    /// <summary>Takes a publish into account, unless the answer is null.</summary>
    /// <returns>
    /// How long it is held back, while nothing more is read from the client; zero for not at all. Null when there is no
    /// room for it: then quality of service 0 is dropped and counted, above it is refused (0x97).
    /// </returns>
    TimeSpan? Take(string userName, string topic, int qualityOfService);
}

/// <summary>The running broker and sidecars.</summary>
public interface ILocalPlatform : IAsyncDisposable
{
    /// <summary>Tells the sidecar where its app listens.</summary>
    void SetAppAddress(string appId, Uri address);

    /// <summary>Drops whatever a user has open at the broker, and its sessions: its key is good no more.</summary>
    Task DisconnectUserAsync(string userName);
}
