namespace SmartCity.Alerts.Cap.Rules;

/// <summary>Blocks of different languages must say the same: they are one message, not several.</summary>
internal static class LanguageRules
{
    public static void Check(CapAlert alert, CapNotices notices)
    {
        var languages = new List<(string Language, string Place, List<CapInfo> Blocks)>();
        for (var index = 0; index < alert.Info.Count; index++)
        {
            var info = alert.Info[index];
            var language = info.Language ?? CapInfo.DefaultLanguage;
            var place = $"info[{index}]";
            if (!InfoRules.IsLanguage(language))
            {
                notices.Error("language-form", $"{place}.language", language, "'language' must be a language tag, such as ja-JP.");
            }

            if (languages.Find(known => known.Language.Equals(language, StringComparison.OrdinalIgnoreCase)) is { Blocks: { } blocks } first)
            {
                // Section 3.2.2 lets later blocks of a language expand on earlier ones.
                notices.Warn("language-repeated", $"{place}.language", language, $"{first.Place} is in the same language: readers may show only one of the two.");
                blocks.Add(info);
            }
            else
            {
                languages.Add((language, place, [info]));
            }
        }

        foreach (var other in languages.Skip(1))
        {
            Compare(languages[0], other, notices);
        }
    }

    private static void Compare(
        (string Language, string Place, List<CapInfo> Blocks) first, (string Language, string Place, List<CapInfo> Blocks) other, CapNotices notices)
    {
        foreach (var (name, factOf) in Facts)
        {
            var expected = first.Blocks.Select(factOf).ToHashSet(StringComparer.Ordinal);
            if (!expected.SetEquals(other.Blocks.Select(factOf)))
            {
                notices.Warn("languages-differ", $"{other.Place}.{name}", factOf(other.Blocks[0]) is { Length: > 0 } value ? value : null,
                    $"The {other.Language} text has another {name} than the {first.Language} text in {first.Place}: they are one message and must agree.");
            }
        }
    }

    private static readonly (string Name, Func<CapInfo, string> FactOf)[] Facts =
    [
        ("category", info => string.Join(' ', info.Categories.Order())),
        ("responseType", info => string.Join(' ', info.ResponseTypes.Order())),
        ("urgency", info => info.Urgency.ToString()),
        ("severity", info => info.Severity.ToString()),
        ("certainty", info => info.Certainty.ToString()),
        ("expires", info => info.Expires is { } expires ? CapTime.Format(expires.ToUniversalTime()) : ""),
        ("area", AreasOf),
    ];

    // Without the description, which is in the block's language.
    private static string AreasOf(CapInfo info) => string.Join(';', info.Areas.Select(area => string.Join('/',
        string.Join('|', area.Polygons.Select(polygon => string.Join(' ', polygon))),
        string.Join('|', area.Circles),
        string.Join('|', area.Geocodes),
        area.AltitudeFeet,
        area.CeilingFeet)));
}
