using System.Buffers;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Codec;

/// <summary>Packets to bytes and back, whole or in pieces.</summary>
internal static class PacketBytes
{
    public static byte[] Encode(MqttPacket packet, ProtocolVersion version)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, packet, version);
        return output.WrittenSpan.ToArray();
    }

    public static MqttPacket Decode(byte[] bytes, ProtocolVersion version) => Decode(new ReadOnlySequence<byte>(bytes), version);

    public static MqttPacket Decode(ReadOnlySequence<byte> bytes, ProtocolVersion version)
    {
        FrameReader.TryRead(ref bytes, int.MaxValue, out var header, out var body).ShouldBeTrue();
        bytes.IsEmpty.ShouldBeTrue();
        return new PacketDecoder { Version = version }.Decode(header, body);
    }

    public static T RoundTrip<T>(T packet, ProtocolVersion version) where T : MqttPacket
        => Decode(InPieces(Encode(packet, version), 3), version).ShouldBeOfType<T>();

    /// <summary>The same bytes spread over segments, as they come off a network.</summary>
    public static ReadOnlySequence<byte> InPieces(byte[] bytes, int size)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(size, bytes.Length)), null);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            last = new Piece(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
