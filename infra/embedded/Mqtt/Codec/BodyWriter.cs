using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Writes the data types of MQTT 5.0, section 1.5.</summary>
internal static class BodyWriter
{
    public static void WriteByte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void WriteUInt16(this IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    public static void WriteUInt32(this IBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public static int SizeOfVariableInteger(uint value) => value switch { < 128 => 1, < 16_384 => 2, < 2_097_152 => 3, _ => 4 };

    public static int WriteVariableInteger(Span<byte> span, uint value)
    {
        var count = 0;
        do
        {
            var part = (byte)(value & 0x7F);
            value >>= 7;
            span[count++] = value > 0 ? (byte)(part | 0x80) : part;
        }
        while (value > 0);
        return count;
    }

    public static void WriteVariableInteger(this IBufferWriter<byte> output, uint value)
        => output.Advance(WriteVariableInteger(output.GetSpan(4), value));

    public static void WriteBinary(this IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        output.WriteUInt16(checked((ushort)value.Length));
        output.Write(value);
    }

    public static void WriteString(this IBufferWriter<byte> output, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        output.WriteUInt16(checked((ushort)length));
        output.Advance(Encoding.UTF8.GetBytes(value, output.GetSpan(length)));
    }
}
