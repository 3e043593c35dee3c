using System.Buffers.Binary;
using System.Text;

namespace SmartCity.Embedded.Mqtt.Broker.Storage;

/// <summary>Reads the fields of a journal record.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    public byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ushort UInt16()
    {
        var value = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _rest = _rest[2..];
        return value;
    }

    public uint UInt32()
    {
        var value = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    public long Int64()
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public byte[] Bytes()
    {
        var length = (int)UInt32();
        var value = _rest[..length].ToArray();
        _rest = _rest[length..];
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? OptionalText() => Byte() == 0 ? null : Text();

    public List<uint>? Identifiers()
    {
        var count = UInt16();
        if (count == 0)
        {
            return null;
        }

        var identifiers = new List<uint>(count);
        for (var index = 0; index < count; index++)
        {
            identifiers.Add(UInt32());
        }

        return identifiers;
    }
}
