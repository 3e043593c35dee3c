using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Alerts;

/// <summary>The words of an alert for one visitor.</summary>
/// <param name="Info">The block nearest to the visitor's language, or null if the alert has no words at all.</param>
/// <param name="ForeignLanguage">The block's language where it is not the page's; else null.</param>
/// <param name="Level">Japanese alert level, 1 to 5, or null: another authority's alert has none.</param>
/// <param name="LevelName">Words that belong to the level, the sender's, else the national scheme's; without a level how severe it is.</param>
public sealed record AlertWords(AlertInfoView? Info, string? ForeignLanguage, int? Level, Phrase LevelName)
{
    /// <summary>Whether the headline already names the level: then saying it before would be saying it twice.</summary>
    public bool HeadlineNamesLevel => Level is not null && !string.IsNullOrWhiteSpace(Info?.LevelName) && Info.Headline.Contains(Info.LevelName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Easy Japanese that is written in kana and so needs no readings.</summary>
    private const string KanaLanguage = "ja-Hira";

    /// <summary>Languages in which a visitor looks for words, as BCP 47 tags, the best first; the stream of alerts and <c>alerts.js</c> take them too.</summary>
    public static IEnumerable<string> Wishes(Language language)
        => new[] { language.Code, language.IsEasy ? KanaLanguage : null, language.HtmlLanguage, "ja" }.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <param name="wanted">BCP 47 language that was chosen, of those that the alert has; else the one nearest to the page's.</param>
    public static AlertWords Of(AlertView alert, Language language, string? wanted = null)
    {
        // The page has words and colours for 1 to 5.
        int? level = alert.Level is { } given ? Math.Clamp(given, 1, 5) : null;
        var info = alert.Info.FirstOrDefault(block => block.Language.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? Wishes(language).Select(wish => Block(alert.Info, wish)).FirstOrDefault(block => block is not null)
            ?? alert.Info.FirstOrDefault();
        var foreign = info is null || Primary(info.Language) == Primary(language.HtmlLanguage) ? null : info.Language;
        // Readings and plain words come only from the language file; so does the name of a block in another language.
        var own = language.IsEasy || foreign is not null || string.IsNullOrWhiteSpace(info?.LevelName);
        return new AlertWords(info, foreign, level, level is null ? language.Text("severity." + Severity(alert))
            : own ? language.Text($"level.{level}.name") : info!.LevelName!);
    }

    /// <summary>CAP severity as text files name it.</summary>
    public static string Severity(AlertView alert)
        => alert.Severity is "Extreme" or "Severe" or "Moderate" or "Minor" ? alert.Severity : "Unknown";

    /// <summary>CAP urgency as text files name it.</summary>
    public static string Urgency(AlertView alert)
        => alert.Urgency is "Immediate" or "Expected" or "Future" or "Past" ? alert.Urgency : "Unknown";

    /// <summary>Who speaks, where it is not the town.</summary>
    public string? Origin(AlertView alert) => alert.Origin is null ? null : Info?.SenderName ?? alert.Origin;

    /// <summary>RFC 4647: <c>en</c> is answered by <c>en-GB</c> too, an exact match first; <c>ja</c> not by easy Japanese.</summary>
    private static AlertInfoView? Block(IReadOnlyList<AlertInfoView> blocks, string language)
        => blocks.FirstOrDefault(block => block.Language.Equals(language, StringComparison.OrdinalIgnoreCase))
            ?? blocks.FirstOrDefault(block => block.Language.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase) && !IsEasy(block.Language));

    private static bool IsEasy(string language)
        => language.EndsWith("-easy", StringComparison.OrdinalIgnoreCase) || language.Equals(KanaLanguage, StringComparison.OrdinalIgnoreCase);

    private static string Primary(string language) => language.Split('-')[0].ToLowerInvariant();
}
