using System.Globalization;
using System.Text;

namespace SmartCity.ServiceDefaults.Names;

/// <summary>
/// A key under which the written forms of one name meet: 髙橋 Ｔａｒｏ and 高橋　taro, ｻｲﾄｳ and さいとう. It is for
/// warnings of likely duplicates that a person then judges, never for merging records: different people share names.
/// </summary>
/// <remarks>
/// Folded: Unicode compatibility forms (NFKC: width, half-width kana, ligatures), case, katakana to hiragana, small kana
/// to large, iteration marks (々 ゝ) to what they repeat, the kanji of <see cref="KanjiVariants"/>. Removed: spaces, middle
/// dots, dashes and long-vowel marks, variation selectors and other invisible characters. Not folded: readings (a kanji
/// name never meets its kana), spellings of sounds (おう/おお, ぢ/じ, ヴ/ブ), Latin accents and romanizations, the
/// order of family and given name, and look-alikes (カ and 力, ニ and 二).
/// </remarks>
public static class NameKey
{
    private const string LargeKana = "あいうえおつやゆよわかけ";
    private const string SmallKana = "ぁぃぅぇぉっゃゅょゎゕゖ";

    /// <summary>The key; empty where nothing of the name is left, and then equal keys mean nothing.</summary>
    public static string Of(string? name)
    {
        var key = WithoutBrokenPairs(name ?? "");
        while (true)
        {
            // Once more where a removal has brought together what composes: the key of a key is the key.
            var folded = Fold(key);
            if (folded == key)
            {
                return key;
            }

            key = folded;
        }
    }

    private static string Fold(string text)
    {
        var key = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (!IsIgnored(rune))
            {
                var folded = FoldRune(rune);
                folded = IsRepetition(folded) && previous != default ? previous : folded;
                key.Append(folded.ToString());
                previous = folded;
            }
        }

        return key.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static Rune FoldRune(Rune rune)
    {
        // Katakana and their hiragana are 0x60 apart (Unicode blocks 3040 and 30A0), iteration marks too.
        var hiragana = rune.Value is (>= 0x30a1 and <= 0x30f6) or 0x30fd or 0x30fe ? new Rune(rune.Value - 0x60) : rune;
        return hiragana.IsBmp && SmallKana.IndexOf((char)hiragana.Value, StringComparison.Ordinal) is >= 0 and var small
            ? new Rune(LargeKana[small])
            : KanjiVariants.Fold(Rune.ToLowerInvariant(hiragana));
    }

    private static bool IsRepetition(Rune rune) => rune.Value is '々' or '〻' or 'ゝ' or 'ゞ';

    private static bool IsIgnored(Rune rune)
        => rune.Value is 'ー' or '・' or '·' or '‧' or '〜' or '~' or '−'
            || rune.Value is (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef)
            || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.DashPunctuation or UnicodeCategory.ConnectorPunctuation;

    // Half of a surrogate pair can't be normalized; U+FFFD stands in, as everywhere.
    private static string WithoutBrokenPairs(string text)
        => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
