using System.Buffers;
using System.IO.Pipelines;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>Reads packets as either end of a connection.</summary>
internal static class PacketReading
{
    /// <summary>The next packet, or null when the other end has closed. It is valid until the decoder's next call.</summary>
    public static async Task<MqttPacket?> ReceivePacketAsync(this PipeReader reader, PacketDecoder decoder)
    {
        while (true)
        {
            var result = await reader.ReadAsync().AsTask().WaitAsync(TestBroker.Patience);
            var buffer = result.Buffer;
            if (FrameReader.TryRead(ref buffer, int.MaxValue, out var header, out var body))
            {
                var packet = decoder.Decode(header, new ReadOnlySequence<byte>(body.ToArray()));
                reader.AdvanceTo(buffer.Start);
                return packet;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }
}
