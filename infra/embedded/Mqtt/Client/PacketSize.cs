using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>Estimates a packet's size for the check against the server's maximum.</summary>
internal static class PacketSize
{
    public static long Of(PublishPacket packet)
        => 7 + packet.Topic.Utf8.Length + packet.Payload.Length
            + (packet.Properties is null ? 0 : PacketEncoder.EncodeContent(packet.Properties).Length + 5);
}
