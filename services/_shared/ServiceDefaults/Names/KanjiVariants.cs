using System.Collections.Frozen;
using System.Text;

namespace SmartCity.ServiceDefaults.Names;

/// <summary>
/// The table of written forms of one kanji, <c>kanji-variants.txt</c>. Its measure: the old forms of the Jōyō kanji table
/// (常用漢字表, Cabinet Notice No. 2 of 2010), the pairs of the personal-name kanji (戸籍法施行規則 別表第二), the popular forms
/// that family registers keep (notice Min 2 No. 5200 of 1990 as of Min 1 No. 1083 of 2024), and for further forms the
/// character information base's reduction map (文字情報基盤 MJ縮退マップ). The file cites each with its address.
/// </summary>
public static class KanjiVariants
{
    private static readonly FrozenDictionary<Rune, Rune> Table = Lines()
        .SelectMany(line => line.Skip(1).Select(variant => KeyValuePair.Create(variant, line[0])))
        .ToFrozenDictionary();

    /// <summary>How many forms fold to another.</summary>
    public static int Count => Table.Count;

    /// <summary>The form that stands for all: 髙 gives 高; a kanji without other forms gives itself.</summary>
    public static Rune Fold(Rune kanji) => Table.GetValueOrDefault(kanji, kanji);

    /// <summary>Every line of the table: the form of the key, then those that fold to it.</summary>
    internal static IEnumerable<Rune[]> Lines()
    {
        using var stream = typeof(KanjiVariants).Assembly.GetManifestResourceStream("SmartCity.ServiceDefaults.Names.kanji-variants.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return [.. line.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune))];
            }
        }
    }
}
