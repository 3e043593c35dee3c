using System.Net;
using MQTTnet.Packets;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>How a <see cref="MqttBroker"/> listens and what it allows. Sizes are in bytes.</summary>
public sealed record MqttBrokerOptions
{
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>MQTT over TCP. Of all ports, null does not listen and 0 lets the system pick; see <see cref="MqttBroker.EndPoint"/>.</summary>
    public int? Port { get; init; } = 1883;

    /// <summary>MQTT over TLS, by custom 8883; needs <see cref="Tls"/>. See <see cref="MqttBroker.TlsEndPoint"/>.</summary>
    public int? TlsPort { get; init; }

    /// <summary>MQTT over WebSocket (MQTT 5.0, section 6). See <see cref="MqttBroker.WebSocketEndPoint"/>.</summary>
    public int? WebSocketPort { get; init; }

    /// <summary>MQTT over WebSocket over TLS; needs <see cref="Tls"/>. See <see cref="MqttBroker.SecureWebSocketEndPoint"/>.</summary>
    public int? SecureWebSocketPort { get; init; }

    /// <summary>The only path that is a WebSocket.</summary>
    public string WebSocketPath { get; init; } = "/mqtt";

    /// <summary>
    /// Origins like <c>https://map.example.jp</c> whose pages may open a WebSocket (<c>*</c>: all); pages of the
    /// broker's own host, on whatever port, always may. Programs that are no browser send no origin and are not asked.
    /// </summary>
    public IReadOnlyList<string> WebSocketOrigins { get; init; } = [];

    public MqttBrokerTlsOptions? Tls { get; init; }

    /// <summary>Where sessions, queued and retained messages are kept; one broker at a time may use it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether writes are forced to the disk before they are acknowledged; without it a power cut may lose them.</summary>
    public bool FlushToDisk { get; init; } = true;

    /// <summary>Connections beyond this are closed at once; those whose handshake is not finished count.</summary>
    public int MaximumConnections { get; init; } = 20_000;

    /// <summary>A larger packet ends its connection with 0x95.</summary>
    public int MaximumPacketSizeBytes { get; init; } = 1024 * 1024;

    /// <summary>Publishes above QoS 0 that one client may have unacknowledged (its receive maximum).</summary>
    public int ReceiveMaximum { get; init; } = 1024;

    /// <summary>Messages above QoS 0 in flight to one client that does not say how many it takes.</summary>
    public int MaximumInflightToClient { get; init; } = 1024;

    /// <summary>Bytes that may wait for one session; beyond it publishers are slowed, then refused.</summary>
    public long MaximumQueuedBytesPerSession { get; init; } = 256L * 1024 * 1024;

    /// <summary>Messages that may wait for one session; beyond it publishers are slowed, then refused.</summary>
    public int MaximumQueuedMessagesPerSession { get; init; } = 1_000_000;

    /// <summary>How long a publisher is slowed by a full session before its publish is refused with 0x97.</summary>
    public TimeSpan MaximumPublishDelay { get; init; } = TimeSpan.FromSeconds(5);

    public int MaximumRetainedMessages { get; init; } = 100_000;

    public long MaximumRetainedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Sessions, with and without a connection; a further one is refused with 0x97.</summary>
    public int MaximumSessions { get; init; } = 100_000;

    /// <summary>Also the filters that are looked at in one SUBSCRIBE; those beyond it are refused with 0x97.</summary>
    public int MaximumSubscriptionsPerSession { get; init; } = 1_000;

    /// <summary>Time for a whole CONNECT; before it, the same time for the handshake of TLS and WebSocket.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Decides in place of the authenticator when CONNECT has an authentication method; null refuses that.</summary>
    public IMqttEnhancedAuthenticator? EnhancedAuthenticator { get; init; }

    /// <summary>Longest keep-alive period; a client that asks for more, or for none, is given this one (version 5) or held to it; zero for no limit.</summary>
    public TimeSpan MaximumKeepAlive { get; init; } = TimeSpan.Zero;

    /// <summary>Longest time that a session outlives its connection; also that of persistent sessions of version 3.1.1.</summary>
    public TimeSpan MaximumSessionExpiry { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Topic aliases that a client may set on its connection.</summary>
    public ushort TopicAliasMaximum { get; init; } = 64;

    /// <summary>Topic aliases that the broker sets on the connection of a client that takes them; fewer if the client takes fewer.</summary>
    public ushort MaximumTopicAliasesToClient { get; init; } = 64;

    /// <summary>How long clients have to come back after a restart before last wills from before it are published; a longer will delay counts instead.</summary>
    public TimeSpan WillGraceAfterRestart { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the figures under <c>$SYS/broker</c> are published; zero for never.</summary>
    public TimeSpan SysInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Size of the journal from which it is rewritten when most of it is about things long done.</summary>
    public long CompactionThresholdBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>Sessions that exist from the first start on and never expire.</summary>
    public IReadOnlyList<MqttDurableSession> DurableSessions { get; init; } = [];
}

/// <summary>
/// A session that is there before its client ever connected, so that nothing acknowledged before is lost to it.
/// </summary>
/// <param name="ClientId">The client identifier that its owner connects with (Clean Start 0).</param>
/// <param name="UserName">The user it belongs to; another user is refused; null for an anonymous one.</param>
/// <param name="Filters">Subscriptions that are set anew at every start.</param>
public sealed record MqttDurableSession(string ClientId, string? UserName, IReadOnlyList<MqttTopicFilter> Filters);
