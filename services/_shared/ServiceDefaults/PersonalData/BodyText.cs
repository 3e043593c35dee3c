using System.Text;
using System.Text.Unicode;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Bytes of a body as text: by the charset it names, by its byte order mark, as UTF-8, or else as town halls write (Shift_JIS).</summary>
internal static class BodyText
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!;

    public static bool IsUtf8(string? charset) => string.IsNullOrEmpty(charset) || Unquoted(charset) is "utf-8" or "utf8" or "us-ascii";

    /// <summary>Whether the bytes are UTF-8, or say that they are UTF-16.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> body) => HasUtf16Mark(body) || Utf8.IsValid(body);

    public static string Decode(ReadOnlySpan<byte> body, string? charset)
    {
        if (Named(charset) is { } named)
        {
            return named.GetString(body);
        }

        if (HasUtf16Mark(body))
        {
            return (body[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(body[2..]);
        }

        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return ShiftJis.GetString(body);
        }
    }

    private static bool HasUtf16Mark(ReadOnlySpan<byte> body)
        => body.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || body.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]);

    // A charset that nobody knows is the handler's to refuse; the bytes are looked through all the same.
    private static Encoding? Named(string? charset)
    {
        if (IsUtf8(charset))
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(Unquoted(charset!)) ?? Encoding.GetEncoding(Unquoted(charset!));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Unquoted(string charset) => charset.Trim('"').ToLowerInvariant();
}
