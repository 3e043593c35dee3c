using System.Globalization;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>Translates between the client's options and results and the packets of the codec.</summary>
internal static class PacketFactory
{
    public static ProtocolVersion Version(MqttProtocolVersion version) => version switch
    {
        MqttProtocolVersion.V500 => ProtocolVersion.Version500,
        MqttProtocolVersion.V311 => ProtocolVersion.Version311,
        _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"MQTT version {version} is not supported: use V311 or V500.")),
    };

    public static ConnectPacket Connect(MqttClientOptions o) => new()
    {
        Version = Version(o.ProtocolVersion),
        IsBridge = o.TryPrivate,
        CleanStart = o.CleanSession,
        ClientId = o.ClientId ?? string.Empty,
        KeepAliveSeconds = (ushort)Math.Clamp(Math.Ceiling(o.KeepAlivePeriod.TotalSeconds), 0, ushort.MaxValue),
        UserName = o.Credentials?.GetUserName(o),
        Password = o.Credentials?.GetPassword(o),
        Will = string.IsNullOrEmpty(o.WillTopic) ? null : Will(o, o.WillTopic),
        Properties = new MqttProperties
        {
            SessionExpiryInterval = NullIfZero(o.SessionExpiryInterval),
            ReceiveMaximum = o.ReceiveMaximum == 0 ? null : o.ReceiveMaximum,
            MaximumPacketSize = NullIfZero(o.MaximumPacketSize),
            TopicAliasMaximum = o.TopicAliasMaximum == 0 ? null : o.TopicAliasMaximum,
            RequestProblemInformation = o.RequestProblemInformation ? null : (byte)0,
            RequestResponseInformation = o.RequestResponseInformation ? (byte)1 : null,
            AuthenticationMethod = o.AuthenticationMethod,
            AuthenticationData = o.AuthenticationMethod is null ? null : o.AuthenticationData,
            UserProperties = o.UserProperties,
        },
    };

    public static AuthPacket Auth(
        MqttReasonCode reason, string? method, byte[]? data, string? reasonString, List<MqttUserProperty>? userProperties) => new(reason)
        {
            Properties = new MqttProperties
            {
                AuthenticationMethod = method,
                AuthenticationData = data,
                ReasonString = reasonString,
                UserProperties = userProperties,
            },
        };

    public static MqttProperties Properties(MqttApplicationMessage m) => new()
    {
        ContentType = NullIfEmpty(m.ContentType),
        ResponseTopic = NullIfEmpty(m.ResponseTopic),
        CorrelationData = m.CorrelationData is { Length: > 0 } ? m.CorrelationData : null,
        MessageExpiryInterval = NullIfZero(m.MessageExpiryInterval),
        PayloadFormatIndicator = m.PayloadFormatIndicator == MqttPayloadFormatIndicator.Unspecified ? null : (byte)m.PayloadFormatIndicator,
        UserProperties = m.UserProperties,
        TopicAlias = m.TopicAlias == 0 ? null : m.TopicAlias,
    };

    public static MqttApplicationMessage Message(PublishPacket packet, string topic) => new()
    {
        Topic = topic,
        Payload = packet.Payload,
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)packet.QualityOfService,
        Retain = packet.Retain,
        Dup = packet.Duplicate,
        ContentType = packet.Properties?.ContentType,
        ResponseTopic = packet.Properties?.ResponseTopic,
        CorrelationData = packet.Properties?.CorrelationData,
        MessageExpiryInterval = packet.Properties?.MessageExpiryInterval ?? 0,
        PayloadFormatIndicator = (MqttPayloadFormatIndicator)(packet.Properties?.PayloadFormatIndicator ?? 0),
        SubscriptionIdentifiers = packet.Properties?.SubscriptionIdentifiers,
        TopicAlias = packet.Properties?.TopicAlias ?? 0,
        UserProperties = packet.Properties?.UserProperties,
    };

    public static MqttClientConnectResult ConnectResult(ConnAckPacket packet, ProtocolVersion version)
    {
        var p = packet.Properties;
        var reason = version == ProtocolVersion.Version500 ? (MqttReasonCode)packet.ReasonCode : ReasonCodes.FromConnectReturnCode(packet.ReasonCode);
        return new MqttClientConnectResult
        {
            ResultCode = (MqttClientConnectResultCode)reason,
            IsSessionPresent = packet.SessionPresent,
            AssignedClientIdentifier = p?.AssignedClientIdentifier,
            AuthenticationData = p?.AuthenticationData,
            AuthenticationMethod = p?.AuthenticationMethod,
            MaximumPacketSize = p?.MaximumPacketSize,
            MaximumQoS = (MqttQualityOfServiceLevel)(p?.MaximumQoS ?? 2),
            ReasonString = p?.ReasonString,
            ReceiveMaximum = p?.ReceiveMaximum,
            ResponseInformation = p?.ResponseInformation,
            RetainAvailable = p?.RetainAvailable != 0,
            ServerKeepAlive = p?.ServerKeepAlive ?? 0,
            ServerReference = p?.ServerReference,
            SessionExpiryInterval = p?.SessionExpiryInterval,
            SharedSubscriptionAvailable = p?.SharedSubscriptionAvailable != 0,
            SubscriptionIdentifiersAvailable = p?.SubscriptionIdentifierAvailable != 0,
            TopicAliasMaximum = p?.TopicAliasMaximum ?? 0,
            UserProperties = p?.UserProperties ?? [],
            WildcardSubscriptionAvailable = p?.WildcardSubscriptionAvailable != 0,
        };
    }

    public static MqttClientPublishResult PublishResult(AckPacket packet)
        => new(packet.PacketIdentifier, (MqttClientPublishReasonCode)packet.ReasonCode, packet.Properties?.ReasonString, UserProperties(packet));

    public static IReadOnlyCollection<MqttUserProperty> UserProperties(SmartCity.Embedded.Mqtt.Codec.MqttPacket packet)
        => packet.Properties?.UserProperties ?? [];

    private static WillMessage Will(MqttClientOptions o, string topic) => new()
    {
        Topic = topic,
        Payload = o.WillPayload ?? [],
        QualityOfService = (byte)o.WillQualityOfServiceLevel,
        Retain = o.WillRetain,
        Properties = new MqttProperties
        {
            ContentType = NullIfEmpty(o.WillContentType),
            CorrelationData = o.WillCorrelationData,
            ResponseTopic = NullIfEmpty(o.WillResponseTopic),
            MessageExpiryInterval = NullIfZero(o.WillMessageExpiryInterval),
            WillDelayInterval = NullIfZero(o.WillDelayInterval),
            PayloadFormatIndicator = o.WillPayloadFormatIndicator == MqttPayloadFormatIndicator.Unspecified ? null : (byte)o.WillPayloadFormatIndicator,
            UserProperties = o.WillUserProperties,
        },
    };

    private static uint? NullIfZero(uint value) => value == 0 ? null : value;

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
