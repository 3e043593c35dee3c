using System.Globalization;
using System.Text;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>A run of digits in a text, in whatever script and width they are written.</summary>
/// <param name="Index">Where it begins, in UTF-16 units of the text.</param>
/// <param name="End">Behind its last digit.</param>
/// <param name="Digits">As ASCII digits.</param>
/// <param name="LinkedBy">The one separator between this run and the one before it; <c>'\0'</c> where it stands apart.</param>
internal readonly record struct DigitGroup(int Index, int End, string Digits, char LinkedBy);

/// <summary>Reads the digits of a text as a person does: full-width, circled and kanji digits are digits, invisible characters are nothing.</summary>
internal static class DigitGroups
{
    private const string KanjiDigits = "〇一二三四五六七八九";

    // What people write between groups: spaces, dashes (also the long-vowel mark that input methods give for one), middle dots.
    private const string Separators = " \u00a0\u3000-‐‑‒–—―−－ーｰ・･_";

    /// <summary>Every group that may belong to a number; the digits behind a decimal point belong to a fraction and are left out.</summary>
    public static List<DigitGroup> In(string text)
    {
        var groups = new List<DigitGroup>();
        var digits = new StringBuilder();
        var (start, end, between, link) = (0, 0, 0, '\0');
        var follows = false;
        for (var index = 0; index < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length);
            if (DigitOf(rune) is { } digit)
            {
                if (digits.Length == 0)
                {
                    start = index;
                }

                digits.Append(digit);
                end = index + length;
            }
            else if (!IsInvisible(rune))
            {
                Close();
                between++;
                link = rune.IsBmp && Separators.Contains((char)rune.Value) ? Plain((char)rune.Value) : '\0';
            }

            index += length;
        }

        Close();
        return groups;

        void Close()
        {
            if (digits.Length == 0)
            {
                return;
            }

            var isFraction = IsFraction(text, start);
            if (!isFraction)
            {
                groups.Add(new DigitGroup(start, end, digits.ToString(), follows && between == 1 ? link : '\0'));
            }

            follows = !isFraction;
            digits.Clear();
            between = 0;
        }
    }

    private static char? DigitOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return Rune.IsDigit(rune) ? (char)rune.Value : null;
        }

        if (rune.IsBmp && KanjiDigits.IndexOf((char)rune.Value, StringComparison.Ordinal) is >= 0 and var kanji)
        {
            return (char)('0' + kanji);
        }

        return CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) is >= 0 and var value ? (char)('0' + value) : null;
    }

    // Zero-width characters, soft hyphens, variation selectors and enclosing marks: not seen, so not a break.
    private static bool IsInvisible(Rune rune)
        => !rune.IsAscii && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static char Plain(char separator)
        => separator is ' ' or '\u00a0' or '\u3000' ? ' ' : separator is '・' or '･' ? '・' : separator == '_' ? separator : '-';

    private static bool IsFraction(string text, int index)
        => index >= 2 && text[index - 1] is '.' or '．' && Rune.TryGetRuneAt(text, index - 2, out var before) && DigitOf(before) is not null;
}
