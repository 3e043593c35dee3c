using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SmartCity.Embedded.Journal;

/// <summary>
/// The form of a record on disk: length (4 bytes, little endian), CRC-32C of the payload (4 bytes), payload.
/// </summary>
internal static class RecordFormat
{
    public const int HeaderBytes = 8;

    public static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> payload)
    {
        var span = output.GetSpan(HeaderBytes + payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Checksum(payload));
        payload.CopyTo(span[HeaderBytes..]);
        output.Advance(HeaderBytes + payload.Length);
    }

    public static uint Checksum(ReadOnlySpan<byte> payload)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in payload[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }

    /// <summary>
    /// Reads records from the start of the file and returns the length of its good part. What follows (a record
    /// that was being written when the process died) was never acknowledged to anybody.
    /// </summary>
    public static long Replay(FileStream file, AppendLogReplay replay, int maximumRecordBytes)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var good = 0L;
        var buffer = new byte[4096];
        while (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length <= 0 || length > maximumRecordBytes || length > file.Length - file.Position)
            {
                break;
            }

            if (buffer.Length < length)
            {
                buffer = new byte[Math.Max(length, buffer.Length * 2)];
            }

            var payload = buffer.AsSpan(0, length);
            file.ReadExactly(payload);
            if (Checksum(payload) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
            {
                break;
            }

            replay(payload);
            good = file.Position;
        }

        return good;
    }
}
