using System.Text;

namespace SmartCity.Alerts;

/// <summary>CSV as town halls open it.</summary>
internal static class OfficeCsv
{
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <param name="isShiftJis">For office software that takes no UTF-8; what the encoding lacks becomes 〓.</param>
    public static byte[] Encode(string text, bool isShiftJis)
        => isShiftJis ? ShiftJis().GetBytes(text) : [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];

    // A cell that begins like a formula is one to office software, and strangers write these (OWASP, "CSV Injection").
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static Encoding ShiftJis()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("shift_jis", new EncoderReplacementFallback("〓"), DecoderFallback.ReplacementFallback);
    }
}
