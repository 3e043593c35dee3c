using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Files of a dataset are UTF-8; spreadsheet programs like to write UTF-16, in which every column would be unknown.</summary>
internal static class EncodingCheck
{
    /// <summary>The stream from its start, or null where it is UTF-16 or UTF-32; a notice then says so.</summary>
    public static Stream? Check(Stream stream, string file, ReadingContext context)
    {
        var start = new byte[4];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (NameOf(start.AsSpan(0, read)) is { } encoding)
        {
            context.Fault("invalid_character", file, 1, detail: encoding);
            return null;
        }

        return new PrefixedStream(start.AsMemory(0, read), stream);
    }

    // A byte order mark, or a Latin letter with a zero beside it (RFC 4627, section 3, had the same for JSON).
    private static string? NameOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        [0, not 0, 0, not 0] or [not 0, 0, not 0, 0] => "UTF-16",
        _ => null,
    };

    // Whoever owns the rest closes it.
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ForwardReading
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var taken = Math.Min(_prefix.Length, buffer.Length);
            _prefix.Span[..taken].CopyTo(buffer);
            _prefix = _prefix[taken..];
            return taken;
        }
    }
}
