using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>How a client connects. Build one with <see cref="MqttClientOptionsBuilder"/>.</summary>
public sealed class MqttClientOptions
{
    /// <summary>Here for upstream's sake: this client always sends whole packets at once.</summary>
    public bool AllowPacketFragmentation { get; set; } = true;

    public byte[]? AuthenticationData { get; set; }

    /// <summary>Chooses enhanced authentication (MQTT 5.0, section 4.12).</summary>
    public string? AuthenticationMethod { get; set; }

    public IMqttClientChannelOptions? ChannelOptions { get; set; }

    /// <summary>Whether the server forgets an earlier session of this client (Clean Start in version 5).</summary>
    public bool CleanSession { get; set; } = true;

    public string ClientId { get; set; } = Guid.NewGuid().ToString("N");

    public IMqttClientCredentialsProvider? Credentials { get; set; }

    /// <summary>Called for every AUTH that the server sends.</summary>
    public IMqttEnhancedAuthenticationHandler? EnhancedAuthenticationHandler { get; set; }

    /// <summary>Time without a sent packet after which the client pings; zero for never.</summary>
    public TimeSpan KeepAlivePeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Largest packet in bytes that the server may send; 0 means no limit of its own.</summary>
    public uint MaximumPacketSize { get; set; }

    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.V500;

    /// <summary>Messages above QoS 0 that the server may have in flight; 0 means the specification's 65,535.</summary>
    public ushort ReceiveMaximum { get; set; }

    public bool RequestProblemInformation { get; set; } = true;

    public bool RequestResponseInformation { get; set; }

    /// <summary>Seconds for which the server keeps the session after the connection ended.</summary>
    public uint SessionExpiryInterval { get; set; }

    /// <summary>Bound for connecting, subscribing and pinging when the caller gives no cancellation token.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    public ushort TopicAliasMaximum { get; set; }

    /// <summary>Whether the client tells a server of version 3 that it is a bridge.</summary>
    public bool TryPrivate { get; set; }

    public List<MqttUserProperty>? UserProperties { get; set; }

    /// <summary>Whether a feature of version 5 used with version 3 throws <see cref="NotSupportedException"/>.</summary>
    public bool ValidateFeatures { get; set; } = true;

    public string? WillContentType { get; set; }

    public byte[]? WillCorrelationData { get; set; }

    /// <summary>Seconds between the end of the connection and the last will.</summary>
    public uint WillDelayInterval { get; set; }

    /// <summary>Seconds.</summary>
    public uint WillMessageExpiryInterval { get; set; }

    public byte[]? WillPayload { get; set; }

    public MqttPayloadFormatIndicator WillPayloadFormatIndicator { get; set; } = MqttPayloadFormatIndicator.Unspecified;

    public MqttQualityOfServiceLevel WillQualityOfServiceLevel { get; set; }

    public string? WillResponseTopic { get; set; }

    public bool WillRetain { get; set; }

    public string? WillTopic { get; set; }

    public List<MqttUserProperty>? WillUserProperties { get; set; }
}
