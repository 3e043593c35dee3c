using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace SmartCity.Gateway.Streaming;

/// <summary>Reads server-sent events as they are, told apart by the blank line after each (HTML standard, section 9.2).</summary>
internal static class StreamEvents
{
    private const int MostBytes = 1024 * 1024;

    /// <returns>Each event with its id; 0 for what has none, such as a heartbeat.</returns>
    /// <exception cref="InvalidDataException">An event does not end.</exception>
    public static async IAsyncEnumerable<(long Id, byte[] Bytes)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TakeEvent(ref rest) is { } bytes)
            {
                yield return (IdOf(bytes), bytes);
            }

            if (rest.Length > MostBytes)
            {
                throw new InvalidDataException($"An event of a stream has more than {MostBytes} bytes.");
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static byte[]? TakeEvent(ref ReadOnlySequence<byte> rest)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> lines, "\n\n"u8))
        {
            return null;
        }

        rest = reader.UnreadSequence;
        return [.. lines.ToArray(), (byte)'\n', (byte)'\n'];
    }

    private static long IdOf(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith("id: "u8) && Utf8Parser.TryParse(bytes["id: ".Length..], out long id, out _) && id > 0 ? id : 0;
}
