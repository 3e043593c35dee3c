using System.Buffers;
using System.Text.RegularExpressions;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Twelve digits that are something else than an Individual Number, told by what stands around them.</summary>
internal static partial class NumberShapes
{
    /// <summary>Hash values in hexadecimal are at least this long (128 bits).</summary>
    private const int ShortestHash = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <param name="text">The text that holds the digits.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Behind the last of them.</param>
    /// <param name="digits">The twelve ASCII digits.</param>
    public static bool IsSomethingElse(string text, int start, int end, ReadOnlySpan<char> digits)
        => IsTelephone(text, start, digits) || IsInIdentifier(text, start, end);

    /// <summary>Whether two groups begin a date: <c>2026-07-01 0300</c>, <c>2026/07/01 0300</c>.</summary>
    public static bool IsDate(string year, string month)
        => year.Length == 4 && (year.StartsWith("19", StringComparison.Ordinal) || year.StartsWith("20", StringComparison.Ordinal))
            && month.Length == 2 && string.CompareOrdinal(month, "01") >= 0 && string.CompareOrdinal(month, "12") <= 0;

    // E.164: +81 and the ten digits of a mobile number are twelve.
    private static bool IsTelephone(string text, int start, ReadOnlySpan<char> digits)
        => start > 0 && text[start - 1] is '+' or '＋' && digits.StartsWith("81");

    // One UUID in some thousand has a run of exactly twelve decimal digits that would pass the check.
    private static bool IsInIdentifier(string text, int start, int end)
    {
        foreach (var uuid in Uuids().EnumerateMatches(text))
        {
            if (uuid.Index <= start && end <= uuid.Index + uuid.Length)
            {
                return true;
            }
        }

        while (start > 0 && char.IsAsciiHexDigit(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && char.IsAsciiHexDigit(text[end]))
        {
            end++;
        }

        var token = text.AsSpan(start, end - start);
        return token.Length >= ShortestHash && !token.ContainsAnyExcept(HexDigits) && token.ContainsAnyInRange('A', 'f');
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Uuids();
}
