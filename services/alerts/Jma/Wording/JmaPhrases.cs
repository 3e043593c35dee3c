using System.Globalization;
using System.Text;
using SmartCity.Alerts.Jma.Kinds;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Jma.Wording;

/// <summary>Says in one language what a bulletin says about a town: in Japanese in its own words, in others by templates.</summary>
public sealed class JmaPhrases(JmaWords words)
{
    /// <summary>Kinds that are named in one headline; a bulletin of the old form may bring seven.</summary>
    private const int MostNames = 4;

    /// <summary>Phenomena whose name says how grave they are.</summary>
    private static readonly HashSet<string> WholeNames = new(StringComparer.Ordinal)
    {
        "eew-warning", "eew-forecast", "shaking", "volcano", "volcano-warning", "volcano-crater", "eruption", "ash", "record-rain", "rain-band", "heavy-snow-now", "tornado", "tornado-seen",
    };

    public string? CapLanguage => words.CapLanguage;

    public string Language => words.Language;

    /// <param name="mark">What stands before everything that a drill or a test says; empty otherwise.</param>
    public AlertInfoView Describe(TownBulletin bulletin, string mark)
    {
        var report = bulletin.Report;
        var eventName = EventOf(bulletin);
        var areas = string.Join('、', bulletin.Statements.Select(entry => entry.Statement.Area.Name).Distinct(StringComparer.Ordinal).Take(MostNames));
        // A town that it does not concern must not be named as if it did.
        var place = !bulletin.IsEverywhere ? bulletin.Town.Name.In(words.Language) : areas.Length > 0 ? areas : report.PublishingOffice;
        var templated = Fill(bulletin.Ends ? report.InfoType == JmaInfoType.Cancelled ? words.TakenBack : words.Lifted : words.Headline, bulletin, eventName, place);
        var headline = words.UsesBulletin && OwnHeadline.Of(report) is { } own ? own : templated;
        return new AlertInfoView(
            words.Language,
            Marked(mark, eventName),
            bulletin is { Ends: false, Level: not null } ? Marked(mark, eventName) : null,
            Marked(mark, headline),
            Marked(mark, words.UsesBulletin ? OwnDescription(bulletin, templated) : Described(bulletin, templated, eventName, place)),
            Marked(mark, bulletin.Ends ? words.EndInstruction : InstructionOf(bulletin.Worst)),
            words.UsesBulletin && areas.Length > 0 ? areas : place)
        {
            SenderName = words.SenderName,
        };
    }

    private static string Marked(string mark, string text) => mark.Length == 0 || text.StartsWith(mark, StringComparison.Ordinal) ? text : mark + text;

    // In Japanese the agency's names; of other languages, the gravest and what else is there.
    private string EventOf(TownBulletin bulletin)
    {
        if (bulletin.Statements.Count == 0)
        {
            return words.UsesBulletin ? bulletin.Report.HeadTitle : words.Events.GetValueOrDefault(bulletin.Report.Kind.Hazard) ?? words.Events["other"];
        }

        return words.UsesBulletin
            ? string.Join('、', bulletin.Statements.Select(entry => JapaneseName(bulletin, entry.Statement)).Distinct(StringComparer.Ordinal).Take(MostNames))
            : string.Join(words.Language.StartsWith("ja", StringComparison.Ordinal) ? "、" : ", ", bulletin.Statements.Select(entry => NameOf(entry.Sense)).Distinct(StringComparer.Ordinal).Take(MostNames));
    }

    // 警戒 and 震度５弱 say too little alone, and a volcano's own level (噴火警戒レベル) is no alert level (警戒レベル).
    private static string JapaneseName(TownBulletin bulletin, JmaStatement statement) => bulletin.Report.Kind.Key switch
    {
        "landslide" => bulletin.Report.HeadTitle,
        "intensity" or "earthquake" or "long-period" => $"地震（{statement.Name}）",
        _ when bulletin.Report.Kind.Group == "volcano" && statement.Name.StartsWith("レベル", StringComparison.Ordinal) => "噴火警戒" + statement.Name,
        _ => statement.Name,
    };

    private string NameOf(JmaSense sense)
    {
        var phenomenon = words.Events.GetValueOrDefault(sense.Phenomenon) ?? words.Events["other"];
        var name = words.Events.GetValueOrDefault($"{sense.Phenomenon}-{sense.Rank}")
            ?? (WholeNames.Contains(sense.Phenomenon) || !words.Ranks.TryGetValue(sense.Rank.ToString(), out var rank)
                ? phenomenon
                : rank.Replace("{event}", phenomenon, StringComparison.Ordinal));
        return sense.Level is { } level
            ? words.WithLevel.Replace("{level}", level.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{event}", name, StringComparison.Ordinal)
            : name;
    }

    private string Described(TownBulletin bulletin, string headline, string eventName, string place)
    {
        var text = new StringBuilder(Fill(words.Announced, bulletin, eventName, place));
        if (bulletin.Ends)
        {
            return text.Append(' ').Append(headline).ToString();
        }

        if (bulletin.Report.Earthquake is { } earthquake && earthquake.Magnitude.Normalize(NormalizationForm.FormKC) is { Length: > 0 } magnitude)
        {
            text.Append(' ').Append(words.Earthquake.Replace("{magnitude}", magnitude.TrimStart('M'), StringComparison.Ordinal));
        }

        if (bulletin.Statements.Select(entry => entry.Statement.Detail).FirstOrDefault(detail => detail.Length > 0) is { } detail)
        {
            text.Append(' ').Append(DetailOf(detail));
        }

        return text.ToString();
    }

    private string DetailOf(string detail)
    {
        const string Height = "津波の高さ ";
        if (detail.StartsWith(Height, StringComparison.Ordinal))
        {
            return words.TsunamiHeight.Replace("{height}", detail[Height.Length..].Normalize(NormalizationForm.FormKC), StringComparison.Ordinal);
        }

        if (detail == JmaShaking.NotReportedWords)
        {
            return words.ShakingNotReported;
        }

        var isExpected = detail.StartsWith("予想", StringComparison.Ordinal);
        var intensity = isExpected ? detail["予想".Length..] : detail;
        return (isExpected ? words.ShakingExpected : words.Shaking).Replace("{intensity}", words.Intensities.GetValueOrDefault(intensity) ?? intensity, StringComparison.Ordinal);
    }

    private static string OwnDescription(TownBulletin bulletin, string headline)
    {
        var details = bulletin.Statements.Where(entry => entry.Statement.Detail.Length > 0)
            .Select(entry => $"{entry.Statement.Area.Name}：{entry.Statement.Name} {entry.Statement.Detail}".TrimEnd()).Distinct(StringComparer.Ordinal).Take(MostNames);
        var hypocentre = bulletin.Report.Earthquake is { Place.Length: > 0 } earthquake ? $"震源：{earthquake.Place} {earthquake.Magnitude}".TrimEnd() : "";
        string[] paragraphs = [bulletin.Report.Headline.Length > 0 ? bulletin.Report.Headline : headline, hypocentre, .. details, .. bulletin.Report.Texts];
        return string.Join('\n', paragraphs.Where(paragraph => paragraph.Length > 0).Distinct(StringComparer.Ordinal));
    }

    private string InstructionOf(JmaSense sense)
        => words.Instructions.GetValueOrDefault($"{sense.Phenomenon}-{sense.Rank}")
            ?? words.Instructions.GetValueOrDefault(sense.Phenomenon)
            ?? words.Instructions[sense.Rank.ToString()];

    private string Fill(string template, TownBulletin bulletin, string eventName, string place) => template
        .Replace("{title}", bulletin.Report.HeadTitle, StringComparison.Ordinal)
        .Replace("{event}", eventName, StringComparison.Ordinal)
        .Replace("{at}", JapanTime.From(bulletin.Report.ReportedAt).ToString(words.TimeFormat, CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{place}", place, StringComparison.Ordinal);
}
