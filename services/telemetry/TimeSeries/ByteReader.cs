using System.Buffers.Binary;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The bytes end early or are not what was written: the database file is damaged.</exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            throw Damaged();
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var index = 0; index < _rest.Length && index < 10; index++)
        {
            var part = _rest[index];
            value |= (ulong)(part & 0x7F) << (7 * index);
            if (part < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Real()
    {
        if (_rest.Length < sizeof(double))
        {
            throw Damaged();
        }

        var value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[sizeof(double)..];
        return value;
    }

    /// <summary>A number of things, each of which takes at least some bytes of what is left.</summary>
    public int Count(int most)
    {
        var count = Unsigned();
        return count <= (ulong)most ? (int)count : throw Damaged();
    }

    public static InvalidDataException Damaged() => new("Stored readings are damaged: check the disk and restore a backup of the database.");
}
