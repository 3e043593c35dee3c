using System.Text;

namespace SmartCity.ServiceDefaults.Text;

/// <summary>Text files as town halls save them.</summary>
public static class OfficeText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding StrictShiftJis = ShiftJis();

    /// <summary>UTF-8 with or without its mark, else Shift_JIS, in which office software still saves; null for neither.</summary>
    public static string? Decode(byte[] content)
    {
        var body = content.AsSpan();
        if (body.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        var text = TryDecode(StrictUtf8, body) ?? TryDecode(StrictShiftJis, body);
        return text?.Any(IsNoText) == true ? null : text;
    }

    // Shift_JIS gives private characters to its four unused bytes, and both encodings let control characters pass.
    private static bool IsNoText(char character)
        => character is >= '\uF8F0' and <= '\uF8F3' || (char.IsControl(character) && character is not ('\t' or '\r' or '\n'));

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // Not in this encoding; the caller tries the next or says so.
            return null;
        }
    }

    private static Encoding ShiftJis()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("shift_jis", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }
}
