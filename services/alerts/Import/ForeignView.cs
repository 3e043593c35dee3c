using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Import;

/// <summary>Says what a message of others says, in the form that pages, streams and events have.</summary>
public sealed class ForeignView(WordingCatalog wording, TimeProvider clock)
{
    /// <summary>CAP 1.2 leaves it to the receiver how long a message without <c>expires</c> holds: one day.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(24);

    private static readonly TimeSpan ShortestAllClear = TimeSpan.FromHours(1);

    /// <summary>The whole text is in the CAP document; streams carry this much.</summary>
    private const int LongestText = 4000;

    /// <param name="id">Names it here.</param>
    /// <param name="alertId">Of its chain.</param>
    /// <param name="before">What the chain said before: a Cancel may come without words of its own.</param>
    public AlertView Of(Town town, ForeignAlert foreign, string id, string alertId, AlertView? before)
    {
        var alert = foreign.Alert;
        var isCancel = alert.MsgType == CapMsgType.Cancel;
        return new AlertView
        {
            Id = id,
            AlertId = alertId,
            Municipality = town.Code,
            Status = alert.Status.ToString(),
            MsgType = alert.MsgType.ToString(),
            Level = foreign.Level,
            Severity = Gravest(alert, info => info.Severity, before?.Severity),
            Urgency = Gravest(alert, info => info.Urgency, isCancel ? nameof(CapUrgency.Past) : before?.Urgency),
            Certainty = Gravest(alert, info => info.Certainty, before?.Certainty),
            Origin = foreign.Origin ?? alert.Sender,
            OriginIdentifier = alert.Identifier,
            Hazard = foreign.Hazard ?? (alert.Info.Count > 0 ? ForeignHazard.Of(alert) : before?.Hazard ?? ForeignHazard.Other),
            Sent = alert.Sent,
            Expires = isCancel ? AllClearUntil(ExpiryOf(alert), before) : ExpiryOf(alert),
            CancelledAt = isCancel ? alert.Sent : null,
            Explanation = alert.Note,
            Info = foreign.Words is { } given ? wording.Finished(alert.Status, given) : (alert.Info.Count > 0 ? InfoOf(alert) : before?.Info ?? []),
            Area = alert.Info.Count > 0 ? ForeignArea.Of(alert) : before?.Area,
        };
    }

    /// <summary>The words of every block.</summary>
    public IReadOnlyList<AlertInfoView> InfoOf(CapAlert alert) => wording.Finished(alert.Status, [.. alert.Info.Select(InfoOf)]);

    /// <summary>
    /// Until when an all-clear is worth saying. Senders often let a Cancel expire at once, since the alert then has; whoever was
    /// told of the alert must still hear that it is over.
    /// </summary>
    public DateTimeOffset AllClearUntil(DateTimeOffset expires, AlertView? before)
    {
        DateTimeOffset[] ends = [expires, before?.Expires ?? expires, CapTime.WholeSeconds(clock.GetUtcNow()) + ShortestAllClear];
        return ends.Max();
    }

    public static DateTimeOffset ExpiryOf(CapAlert alert)
        => alert.Info.Max(info => info.Expires) ?? alert.Sent + DefaultDuration;

    // The code values of CAP's vocabularies are ordered from the gravest, with Unknown last.
    private static string Gravest<T>(CapAlert alert, Func<CapInfo, T> valueOf, string? before)
        where T : struct, Enum
        => alert.Info.Count > 0 ? alert.Info.Min(valueOf).ToString() : before ?? "Unknown";

    private static AlertInfoView InfoOf(CapInfo info)
    {
        var language = info.Language ?? CapInfo.DefaultLanguage;
        return new AlertInfoView(
            language,
            Short(info.Event),
            LevelName: null,
            Short(info.Headline ?? info.Event),
            Short(info.Description ?? ""),
            Short(info.Instruction ?? ""),
            Short(string.Join(language.StartsWith("ja", StringComparison.Ordinal) ? "、" : ", ", info.Areas.Select(area => area.Description))))
        {
            SenderName = info.SenderName,
        };
    }

    private static string Short(string text) => text.Length > LongestText ? string.Concat(text.AsSpan(0, LongestText - 1).TrimEnd(), "…") : text;
}
