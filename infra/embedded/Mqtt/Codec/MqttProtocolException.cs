using System.Globalization;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>The peer broke the protocol; <see cref="ReasonCode"/> says how, in the words of MQTT 5.0, section 4.13.</summary>
public sealed class MqttProtocolException(MqttReasonCode reasonCode, string message)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{message} (0x{(byte)reasonCode:X2} {reasonCode})"))
{
    public MqttReasonCode ReasonCode { get; } = reasonCode;

    internal static MqttProtocolException Malformed(string message) => new(MqttReasonCode.MalformedPacket, message);

    internal static MqttProtocolException Protocol(string message) => new(MqttReasonCode.ProtocolError, message);
}
