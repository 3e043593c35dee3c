using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>
/// The bytes of an XML document as text: by its byte order mark, by the charset of the media type (RFC 7303 section 3), by what
/// the document declares, else as UTF-8. Bytes that this encoding does not have are a fault: guessed letters could change a place's name.
/// </summary>
internal static partial class CapText
{
    /// <exception cref="CapEncodingException">The encoding is not known, or the bytes are not in it.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var (encoding, name, skip) = EncodingOf(bytes, charset);
        try
        {
            return encoding.GetString(bytes[skip..]);
        }
        catch (DecoderFallbackException fallback)
        {
            var before = bytes.Slice(skip, Math.Clamp(fallback.Index, 0, bytes.Length - skip));
            var line = before.Count((byte)'\n') + 1;
            throw new CapEncodingException($"The bytes are not in the encoding {name}, which they claim; the first wrong one is in line {line}. Send the document in the encoding that it declares, best UTF-8.", line);
        }
    }

    /// <summary>The text as it is stored and sent on, which is in UTF-8 whatever it came in.</summary>
    public static string AsUtf8(string text)
    {
        var document = text.TrimStart('\uFEFF');
        return Declaration().Match(document) is { Success: true } match && match.Groups["name"] is { } name
            ? string.Concat(document.AsSpan(0, name.Index), "UTF-8", document.AsSpan(name.Index + name.Length))
            : document;
    }

    private static (Encoding Encoding, string Name, int Skip) EncodingOf(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return (Named("utf-8"), "UTF-8", 3);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            var name = bytes[0] == 0xFF ? "utf-16LE" : "utf-16BE";
            return (Named(name), name, 2);
        }

        if (!string.IsNullOrWhiteSpace(charset))
        {
            return (Named(charset), charset, 0);
        }

        // XML 1.0 appendix F: without a mark, the first '<' and its zero byte tell of UTF-16.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x3C, 0x00]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x3C]))
        {
            var name = bytes[0] == 0x3C ? "utf-16LE" : "utf-16BE";
            return (Named(name), name, 0);
        }

        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        var declared = Declaration().Match(head) is { Success: true } match ? match.Groups["name"].Value : "utf-8";
        // A document whose letters are single bytes is not UTF-16, whatever it declares.
        return declared.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || declared.StartsWith("ucs", StringComparison.OrdinalIgnoreCase)
            ? throw new CapEncodingException($"The document declares the encoding {declared}, which its bytes are not in. Send it in the encoding that it declares, best UTF-8.", 1)
            : (Named(declared), declared, 0);
    }

    private static Encoding Named(string name)
    {
        try
        {
            var known = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            var strict = (Encoding)known.Clone();
            strict.DecoderFallback = DecoderFallback.ExceptionFallback;
            return strict;
        }
        catch (ArgumentException)
        {
            throw new CapEncodingException($"'{name}' is not a known encoding. Send the document in UTF-8.", 1);
        }
    }

    [GeneratedRegex("""^\s*<\?xml[^>]*?\bencoding\s*=\s*["'](?<name>[A-Za-z0-9._:-]+)["']""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();
}

/// <summary>The bytes cannot be read as text.</summary>
internal sealed class CapEncodingException(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}
