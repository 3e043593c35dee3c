using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Resident;

/// <summary>Kinds of disaster in words.</summary>
internal static class Hazards
{
    /// <summary>The language file's word, else the key as it stands.</summary>
    public static Phrase Name(Language language, string hazard)
    {
        // storm-surge, stormSurge and storm_surge are one hazard.
        var key = "hazard." + string.Concat(hazard.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return language.Has(key) ? language.Text(key) : hazard;
    }

    public static Phrase Names(Language language, IReadOnlyList<string> hazards)
        => new([.. hazards.SelectMany((hazard, index) =>
            index == 0 ? Name(language, hazard).Parts : [new PhrasePart(language.HtmlLanguage == "ja" ? "、" : ", "), .. Name(language, hazard).Parts])]);
}
