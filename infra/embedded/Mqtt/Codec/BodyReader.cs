using System.Buffers;
using System.Text;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Reads the data types of MQTT 5.0, section 1.5, from a packet's body; what is not there is a malformed packet.</summary>
internal ref struct BodyReader(ReadOnlySequence<byte> body)
{
    private SequenceReader<byte> _reader = new(body);

    public readonly long Remaining => _reader.Remaining;

    public readonly bool AtEnd => _reader.End;

    public byte ReadByte() => _reader.TryRead(out var value) ? value : throw TooShort();

    public ushort ReadUInt16() => _reader.TryReadBigEndian(out short value) ? (ushort)value : throw TooShort();

    public uint ReadUInt32() => _reader.TryReadBigEndian(out int value) ? (uint)value : throw TooShort();

    /// <summary>A variable byte integer (section 1.5.5): up to four bytes, the shortest form only.</summary>
    public uint ReadVariableInteger()
    {
        var value = 0u;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var part = ReadByte();
            value |= (uint)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                return part == 0 && shift > 0 ? throw MqttProtocolException.Malformed("A variable byte integer is not in its shortest form.") : value;
            }
        }

        throw MqttProtocolException.Malformed("A variable byte integer has more than four bytes.");
    }

    public ReadOnlySequence<byte> ReadBytes(long length)
    {
        if (length > _reader.Remaining)
        {
            throw TooShort();
        }

        var bytes = _reader.UnreadSequence.Slice(0, length);
        _reader.Advance(length);
        return bytes;
    }

    public byte[] ReadBinary() => ReadBytes(ReadUInt16()).ToArray();

    public ReadOnlySequence<byte> ReadRest() => ReadBytes(_reader.Remaining);

    /// <summary>A UTF-8 string's bytes in one piece (copied only when they lie in two segments), checked by section 1.5.4.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var length = ReadUInt16();
        if (length > _reader.Remaining)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> bytes;
        if (_reader.UnreadSpan.Length >= length)
        {
            bytes = _reader.UnreadSpan[..length];
            _reader.Advance(length);
        }
        else
        {
            bytes = ReadBytes(length).ToArray();
        }

        return Utf8Rules.IsValid(bytes) ? bytes : throw MqttProtocolException.Malformed("A string is not UTF-8 or has a null character.");
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    private static MqttProtocolException TooShort() => MqttProtocolException.Malformed("The packet ends too early.");
}
