using System.Globalization;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Alerts.Jma.Wording;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Jma.Mapping;

/// <summary>Makes the CAP message that a bulletin is for one town. It knows nothing of what is stored: whoever calls names the earlier messages.</summary>
public sealed class JmaCapMapper(JmaWordings wordings, WordingCatalog catalog)
{
    /// <summary>CAP area names longer than this are cut: a bulletin may name hundreds.</summary>
    private const int MostAreas = 20;

    /// <param name="earlier">Every message about the same that has not expired (CAP 1.2, section 3.2.1).</param>
    public CapAlert Map(TownBulletin bulletin, IReadOnlyList<CapReference> earlier)
    {
        var report = bulletin.Report;
        return new CapAlert
        {
            Identifier = JmaIdentity.IdentifierOf(report),
            Sender = JmaIdentity.Sender,
            Sent = CapTime.WholeSeconds(report.SentAt),
            Status = StatusOf(report.Status),
            MsgType = MsgTypeOf(bulletin, earlier.Count > 0),
            Source = report.PublishingOffice,
            Note = report.Status == JmaStatus.Drill ? "訓練" : null,
            References = earlier,
            Incidents = report.EventId.Length > 0 && !report.EventId.Any(char.IsWhiteSpace) ? [report.EventId] : [],
            Info = [.. Words(bulletin).Where(words => words.CapLanguage is not null).Select(words => InfoOf(bulletin, words.CapLanguage!, words.View))],
        };
    }

    /// <summary>What residents read, also in the languages that are not sent as CAP.</summary>
    public IReadOnlyList<AlertInfoView> View(TownBulletin bulletin) => [.. Words(bulletin).Select(words => words.View)];

    public static CapMsgType MsgTypeOf(TownBulletin bulletin, bool hasEarlier)
        => bulletin.Ends ? CapMsgType.Cancel : hasEarlier ? CapMsgType.Update : CapMsgType.Alert;

    /// <summary>A drill or a test can never be taken for something real.</summary>
    public static CapStatus StatusOf(JmaStatus status) => status switch
    {
        JmaStatus.Normal => CapStatus.Actual,
        JmaStatus.Drill => CapStatus.Exercise,
        _ => CapStatus.Test,
    };

    private IEnumerable<(string? CapLanguage, AlertInfoView View)> Words(TownBulletin bulletin)
        => wordings.Languages.Select(words => (words.CapLanguage, words.Describe(bulletin, catalog.MarkOf(StatusOf(bulletin.Report.Status), words.Language))));

    private static CapInfo InfoOf(TownBulletin bulletin, string language, AlertInfoView words)
    {
        var urgency = JmaUrgency.Of(bulletin);
        return new CapInfo
        {
            Language = language,
            Categories = [bulletin.Report.Kind.Group is "weather" or "weather-information" or "flood" ? CapCategory.Met : Hazards.CategoryOf(bulletin.Hazard)],
            Event = words.Event,
            ResponseTypes = [urgency.ResponseType],
            Urgency = urgency.Urgency,
            Severity = urgency.Severity,
            Certainty = urgency.Certainty,
            EventCodes = [new CapValue(AlertComposer.HazardCode, bulletin.Hazard), .. KindCodes(bulletin)],
            Effective = CapTime.WholeSeconds(bulletin.Report.ReportedAt),
            Onset = bulletin.Report.TargetAt is { } target ? CapTime.WholeSeconds(target) : null,
            Expires = CapTime.WholeSeconds(bulletin.Expires),
            SenderName = words.SenderName,
            Headline = words.Headline,
            Description = words.Description,
            Instruction = words.Instruction,
            Web = "https://www.jma.go.jp/bosai/",
            Parameters = [.. ParametersOf(bulletin)],
            Areas = [AreaOf(bulletin, words)],
        };
    }

    private static IEnumerable<CapValue> KindCodes(TownBulletin bulletin)
        => bulletin.Statements.Where(entry => entry.Statement.Code.Length > 0)
            .Select(entry => new CapValue("jma:Kind", $"{entry.Statement.Name} {entry.Statement.Code}")).Distinct();

    private static IEnumerable<CapValue> ParametersOf(TownBulletin bulletin)
    {
        var report = bulletin.Report;
        yield return new CapValue("jma:Title", report.Title);
        yield return new CapValue("jma:InfoType", report.InfoType.ToString());
        if (report.Serial.Length > 0)
        {
            yield return new CapValue("jma:Serial", report.Serial);
        }

        if (!bulletin.Ends && bulletin.Level is { } level)
        {
            yield return new CapValue(AlertComposer.AlertLevelParameter, level.ToString(CultureInfo.InvariantCulture));
        }

        if (report.Earthquake is { } earthquake)
        {
            foreach (var value in Hypocentre(earthquake))
            {
                yield return value;
            }
        }
    }

    // Where the earth broke is not where the alert holds: it is told as a parameter and never drawn as an area.
    private static IEnumerable<CapValue> Hypocentre(JmaEarthquake earthquake)
    {
        yield return new CapValue("jma:Hypocentre", earthquake.Place);
        if (earthquake is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude })
        {
            yield return new CapValue("jma:HypocentrePosition", string.Create(CultureInfo.InvariantCulture, $"{latitude},{longitude}"));
        }

        if (earthquake.DepthKilometres is { } depth)
        {
            yield return new CapValue("jma:HypocentreDepthKilometres", depth.ToString("0.#", CultureInfo.InvariantCulture));
        }

        if (earthquake.Magnitude.Length > 0)
        {
            yield return new CapValue("jma:Magnitude", earthquake.Magnitude);
        }
    }

    private static CapArea AreaOf(TownBulletin bulletin, AlertInfoView words) => new()
    {
        Description = words.AreaDescription,
        Geocodes =
        [
            new CapValue("jp:LocalGovernmentCode", bulletin.Town.Code),
            .. bulletin.Statements.Select(entry => entry.Statement.Area).Where(area => area.Code.Length > 0).DistinctBy(area => (area.Type, area.Code)).Take(MostAreas)
                .Select(area => new CapValue("jma:" + area.Type, area.Code)),
        ],
    };
}
