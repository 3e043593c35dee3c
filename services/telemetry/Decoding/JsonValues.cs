using System.Text;
using System.Text.Json;

namespace SmartCity.Telemetry.Decoding;

/// <summary>What the JSON formats have in common.</summary>
internal static class JsonValues
{
    /// <summary>Deeper is no telemetry.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 8, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Below it numbers in <c>t</c> are seconds: year 2286 in seconds, 1970 in milliseconds.</summary>
    private const double LargestSeconds = 1e10;

    /// <summary>So much of a value is repeated in a fault.</summary>
    private const int LongestShown = 40;

    private const int LongestTime = 256;

    /// <summary>A finite number; true and false count as 1 and 0.</summary>
    public static bool TryNumber(ref Utf8JsonReader reader, out double value)
    {
        value = reader.TokenType == JsonTokenType.True ? 1 : 0;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False
            || (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out value) && double.IsFinite(value));
    }

    /// <summary>An RFC 3339 time with offset, or a number of seconds or milliseconds since 1970.</summary>
    public static bool TryTime(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) && TryUnixSeconds(Math.Abs(number) < LargestSeconds ? number : number / 1000, out time);
            case JsonTokenType.String when !reader.ValueIsEscaped:
                return Rfc3339.TryParse(reader.ValueSpan, out time);
            case JsonTokenType.String when reader.ValueSpan.Length <= LongestTime:
                Span<byte> text = stackalloc byte[LongestTime];
                return Rfc3339.TryParse(text[..reader.CopyString(text)], out time);
            default:
                return false;
        }
    }

    public static bool TryUnixSeconds(double seconds, out DateTimeOffset time)
    {
        time = default;
        if (!double.IsFinite(seconds) || seconds < -62_135_596_800 || seconds > 253_402_300_799)
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1_000_000) * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    /// <summary>The value on which the reader stands, as it is written; the reader stands at its end then.</summary>
    public static string Shorten(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Shorten(payload[start..(int)reader.BytesConsumed]);
    }

    public static string Shorten(ReadOnlySpan<byte> written)
    {
        var text = Encoding.UTF8.GetString(written[..Math.Min(written.Length, LongestShown * 4)]);
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }
}
