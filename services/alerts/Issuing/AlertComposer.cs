using System.Globalization;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Issuing;

/// <summary>Makes the two forms of a message, CAP and the API's view, from the same content.</summary>
public sealed class AlertComposer(WordingCatalog wording, IOptions<AlertOptions> options)
{
    /// <summary>CAP parameter with the Japanese alert level (警戒レベル), <c>1</c> to <c>5</c>.</summary>
    public const string AlertLevelParameter = "jp:AlertLevel";

    /// <summary>CAP parameter with the text for loudspeakers and synthesisers, in the block's language.</summary>
    public const string SpokenParameter = "smartcity:Spoken";

    /// <summary>CAP eventCode with the platform's hazard key.</summary>
    public const string HazardCode = "smartcity:Hazard";

    public static AlertView ToView(Town town, CapMsgType msgType, string id, string alertId, DateTimeOffset sent, AlertContent content)
    {
        var level = LevelOf(msgType, content.Level);
        return new AlertView
        {
            Id = id,
            AlertId = alertId,
            Municipality = town.Code,
            Status = content.Status.ToString(),
            MsgType = msgType.ToString(),
            Level = content.Level,
            Severity = level.Severity.ToString(),
            Urgency = level.Urgency.ToString(),
            Certainty = level.Certainty.ToString(),
            Hazard = content.Hazard,
            Sent = sent,
            Expires = content.Expires,
            CancelledAt = msgType == CapMsgType.Cancel ? sent : null,
            Explanation = content.Explanation,
            DeviceId = content.DeviceId,
            Info = content.Info,
            Area = content.Area.GeoJson,
        };
    }

    /// <summary>With words that say themselves where it is a drill or test, and with what loudspeakers say.</summary>
    public AlertContent Finished(AlertContent content) => content with { Info = wording.Finished(content.Status, content.Info) };

    public CapAlert ToCap(Town town, AlertView view, IReadOnlyList<CapReference> references, AlertContent content) => new()
    {
        Identifier = view.Id,
        Sender = SenderOf(town),
        Sent = view.Sent,
        Status = content.Status,
        MsgType = Enum.Parse<CapMsgType>(view.MsgType),
        Source = content.DeviceId,
        // Section 3.2.1: of an exercise the note tells which one.
        Note = content.Reason ?? (content.Status == CapStatus.Exercise ? $"{content.Info[0].Headline} ({content.Source})" : null),
        References = references,
        Info = [.. wording.Languages
            .Where(language => language.CapLanguage is not null)
            .Join(content.Info, language => language.Language, info => info.Language,
                (language, info) => ToCap(town, view, language.CapLanguage!, info, content))],
    };

    private static CapLevel LevelOf(CapMsgType msgType, int? level) => msgType == CapMsgType.Cancel ? CapLevel.AllClear
        : CapLevel.Of(level ?? throw new ArgumentException("The town's own alerts have a level.", nameof(level)));

    /// <summary>The town's address, or a name of its own where the region file gives none.</summary>
    public static string SenderOf(Town town) => town.AlertSender.Length > 0 ? town.AlertSender : $"municipality-{town.Code}";

    private CapInfo ToCap(Town town, AlertView view, string capLanguage, AlertInfoView info, AlertContent content)
    {
        var level = LevelOf(Enum.Parse<CapMsgType>(view.MsgType), view.Level);
        return new CapInfo
        {
            Language = capLanguage,
            Categories = [Hazards.CategoryOf(view.Hazard)],
            Event = info.Event,
            ResponseTypes = [level.ResponseType],
            Urgency = level.Urgency,
            Severity = level.Severity,
            Certainty = level.Certainty,
            EventCodes = [new CapValue(HazardCode, view.Hazard)],
            Effective = view.Sent,
            Onset = CapTime.WholeSeconds(content.Onset),
            Expires = view.Expires,
            SenderName = town.Name.In(info.Language),
            Headline = info.Headline,
            Description = info.Description,
            Instruction = info.Instruction,
            Web = options.Value.PublicUrl is { } portal ? new Uri(portal, town.Code).AbsoluteUri : null,
            Contact = town.AlertSender,
            Parameters =
            [
                .. view.Level is { } number ? [new CapValue(AlertLevelParameter, number.ToString(CultureInfo.InvariantCulture))] : Array.Empty<CapValue>(),
                .. info.Spoken is { } spoken ? [new CapValue(SpokenParameter, spoken)] : Array.Empty<CapValue>(),
            ],
            Areas = [content.Area.ToCap(town, info.AreaDescription)],
        };
    }
}
