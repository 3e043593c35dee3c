using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.Alerts.PersonalData;

/// <summary>
/// Finds Individual Numbers (個人番号, "My Number") in free text. Check digit: with P1 to P11 the digits from the right
/// and weights n+1 for n ≤ 6, n−5 above, it is 11 − (ΣPnQn mod 11), or 0 where that remainder is 0 or 1 (Ordinance of
/// the Ministry of Internal Affairs and Communications No. 85 of 2014, article 5).
/// </summary>
internal static partial class MyNumber
{
    private const int Length = 12;

    /// <summary>Whether the text holds a run of exactly 12 digits, in any width, also grouped, that passes the check.</summary>
    public static bool IsIn(string? text)
    {
        if (text is null)
        {
            return false;
        }

        var folded = text.Normalize(NormalizationForm.FormKC);
        Span<char> digits = stackalloc char[Length];
        foreach (var run in Runs().EnumerateMatches(folded))
        {
            var count = 0;
            foreach (var character in folded.AsSpan(run.Index, run.Length))
            {
                if (char.IsAsciiDigit(character))
                {
                    digits[count++] = character;
                }
            }

            if (IsValid(digits))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsValid(ReadOnlySpan<char> digits)
    {
        if (digits.Length != Length || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var sum = 0;
        for (var position = 1; position < Length; position++)
        {
            var weight = position <= 6 ? position + 1 : position - 5;
            sum += (digits[Length - 1 - position] - '0') * weight;
        }

        var remainder = sum % 11;
        return (remainder <= 1 ? 0 : 11 - remainder) == digits[^1] - '0';
    }

    // People write it in one run or in groups, with a space or a dash between.
    [GeneratedRegex(@"(?<![0-9])[0-9](?:[ \-‐‑–—−・]?[0-9]){11}(?![0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Runs();
}
