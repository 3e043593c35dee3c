using System.Buffers;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Cuts a stream of bytes into packets by their fixed header (MQTT 5.0, section 2.1).</summary>
public static class FrameReader
{
    /// <summary>
    /// Takes the next whole packet off <paramref name="buffer"/>. False when more bytes are needed.
    /// </summary>
    /// <exception cref="MqttProtocolException">The length is malformed, or over the limit (0x95).</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maximumPacketBytes, out byte header, out ReadOnlySequence<byte> body)
    {
        header = 0;
        body = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var first))
        {
            return false;
        }

        var length = 0;
        byte part;
        var shift = 0;
        do
        {
            if (shift == 28)
            {
                throw MqttProtocolException.Malformed("The remaining length has more than four bytes.");
            }

            if (!reader.TryRead(out part))
            {
                return false;
            }

            length |= (part & 0x7F) << shift;
            shift += 7;
        }
        while ((part & 0x80) != 0);

        if (length + reader.Consumed > maximumPacketBytes)
        {
            throw new MqttProtocolException(MqttReasonCode.PacketTooLarge, "The packet is larger than allowed.");
        }

        if (reader.Remaining < length)
        {
            return false;
        }

        header = first;
        body = reader.UnreadSequence.Slice(0, length);
        buffer = buffer.Slice(reader.Consumed + length);
        return true;
    }
}
