using SmartCity.Alerts.Cap;

namespace SmartCity.Alerts.Tests.Import;

/// <summary>Messages of a weather office far away from any town's own.</summary>
internal static class CapSample
{
    public const string Sender = "warn@weather.example";

    public static CapAlert Alert(string identifier, DateTimeOffset sent, CapMsgType msgType = CapMsgType.Alert, params ReadOnlySpan<CapAlert> about) => new()
    {
        Identifier = identifier,
        Sender = Sender,
        Sent = CapTime.WholeSeconds(sent),
        Status = CapStatus.Actual,
        MsgType = msgType,
        References = [.. about.ToArray().Select(one => new CapReference(one.Sender, one.Identifier, one.Sent))],
        Info = [Info("ja-JP", "暴風警報", "暴風に警戒してください", sent), Info("en-US", "Storm warning", "Beware of the storm", sent)],
    };

    public static CapInfo Info(string language, string name, string headline, DateTimeOffset sent) => new()
    {
        Language = language,
        Categories = [CapCategory.Met],
        Event = name,
        ResponseTypes = [CapResponseType.Shelter],
        Urgency = CapUrgency.Expected,
        Severity = CapSeverity.Severe,
        Certainty = CapCertainty.Likely,
        Expires = CapTime.WholeSeconds(sent.AddHours(6)),
        SenderName = language == "ja-JP" ? "気象台" : "Weather office",
        Headline = headline,
        Description = headline + ".",
        Areas = [new CapArea { Description = "Coast", Polygons = [[new(36.7, 137.3), new(36.9, 137.3), new(36.9, 137.5), new(36.7, 137.3)]] }],
    };

    public static CapAlert With(this CapAlert alert, Func<CapInfo, CapInfo> change) => alert with { Info = [.. alert.Info.Select(change)] };
}
