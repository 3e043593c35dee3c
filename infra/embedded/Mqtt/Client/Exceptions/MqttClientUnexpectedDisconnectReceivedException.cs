using System.Globalization;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet.Exceptions;

/// <summary>The server sent DISCONNECT (MQTT 5.0, section 3.14) while an answer was awaited.</summary>
public sealed class MqttClientUnexpectedDisconnectReceivedException : MqttCommunicationException
{
    internal MqttClientUnexpectedDisconnectReceivedException(DisconnectPacket packet)
        : base(string.Create(CultureInfo.InvariantCulture, $"Unexpected DISCONNECT (Reason code={(MqttDisconnectReasonCode)packet.ReasonCode}) received."))
    {
        ReasonCode = (MqttDisconnectReasonCode)packet.ReasonCode;
        ReasonString = packet.Properties?.ReasonString;
        ServerReference = packet.Properties?.ServerReference;
        SessionExpiryInterval = packet.Properties?.SessionExpiryInterval;
        UserProperties = packet.Properties?.UserProperties;
    }

    public MqttDisconnectReasonCode? ReasonCode { get; }

    public string? ReasonString { get; }

    public string? ServerReference { get; }

    public uint? SessionExpiryInterval { get; }

    public List<MqttUserProperty>? UserProperties { get; }
}
