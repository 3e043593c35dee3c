using System.Buffers.Binary;
using System.Text;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// One row of a <see cref="JournalTable"/> as it is written: kind (1 byte: 1 set, 2 removed), version (8 bytes, little
/// endian), length of the key (4 bytes), key (UTF-8), value.
/// </summary>
internal sealed class JournalRow
{
    private const byte SetKind = 1;
    private const byte RemovedKind = 2;
    private const int HeaderBytes = 13;

    private readonly int _valueOffset;

    private JournalRow(byte[] record)
    {
        if (record.Length < HeaderBytes || record[0] is not (SetKind or RemovedKind))
        {
            throw new InvalidDataException("The journal holds a record that this version does not know: it was written by a newer one.");
        }

        Record = record;
        Version = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(1));
        _valueOffset = HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(9));
        Key = Encoding.UTF8.GetString(record, HeaderBytes, _valueOffset - HeaderBytes);
    }

    public byte[] Record { get; }

    public long Version { get; }

    public string Key { get; }

    public bool IsRemoved => Record[0] == RemovedKind;

    public ReadOnlySpan<byte> Value => Record.AsSpan(_valueOffset);

    public static JournalRow Read(ReadOnlySpan<byte> record) => new(record.ToArray());

    public static JournalRow Set(string key, long version, ReadOnlySpan<byte> value) => Create(SetKind, key, version, value);

    public static JournalRow Removed(string key, long version) => Create(RemovedKind, key, version, []);

    private static JournalRow Create(byte kind, string key, long version, ReadOnlySpan<byte> value)
    {
        var keyBytes = Encoding.UTF8.GetByteCount(key);
        var record = new byte[HeaderBytes + keyBytes + value.Length];
        record[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(1), version);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(9), keyBytes);
        Encoding.UTF8.GetBytes(key, record.AsSpan(HeaderBytes));
        value.CopyTo(record.AsSpan(HeaderBytes + keyBytes));
        return new JournalRow(record);
    }
}
