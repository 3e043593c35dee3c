using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Telemetry.Export;

/// <summary>How the text of a CSV file is written: <c>?encoding=</c>.</summary>
/// <param name="Charset">As the media type names it (RFC 7111).</param>
/// <param name="Mark">Bytes at the beginning, by which office software knows UTF-8.</param>
internal sealed record CsvEncoding(string Charset, Encoding Encoding, byte[] Mark)
{
    private static readonly CsvEncoding Utf8 = new("utf-8", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), []);
    private static readonly CsvEncoding Utf8WithMark = Utf8 with { Mark = Encoding.UTF8.GetPreamble() };

    // What it has no character for becomes a question mark: a name in it must not spoil the file.
    private static readonly Lazy<CsvEncoding> ShiftJis = new(() =>
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return new CsvEncoding("shift_jis", Encoding.GetEncoding("shift_jis", EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback), []);
    });

    /// <summary>The bytes of a text; of units, what Shift_JIS has no character for is written as near as it can.</summary>
    public void Write(string text, System.Buffers.IBufferWriter<byte> body)
        => Encoding.GetBytes(Charset == Utf8.Charset ? text : text.Replace('³', '3').Replace('²', '2').Replace('µ', 'μ'), body);

    /// <param name="text">As it stands in the query; null takes UTF-8.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CsvEncoding? encoding, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        encoding = text switch
        {
            null or "utf-8" => Utf8,
            "utf-8-bom" => Utf8WithMark,
            "shift_jis" => ShiftJis.Value,
            _ => null,
        };
        refusal = encoding is null ? Problem.BadRequest("encoding-unknown", "There is no such encoding.", "encoding is utf-8, utf-8-bom or shift_jis.") : null;
        return encoding is not null;
    }
}
