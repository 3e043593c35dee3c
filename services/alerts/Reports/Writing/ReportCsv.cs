using System.Globalization;
using System.Text;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Reports.Writing;

/// <summary>A report for office software: one line for each number, with what it is of and its unit.</summary>
internal static class ReportCsv
{
    /// <param name="isShiftJis">For office software that takes no UTF-8; what the encoding lacks becomes 〓.</param>
    public static byte[] Write(AfterActionReport report, ReportWords words, bool isShiftJis)
    {
        var text = new StringBuilder();
        foreach (var row in Rows(report, words))
        {
            text.Append(CsvText.Line(row));
        }

        return CsvText.Encode(text.ToString(), isShiftJis);
    }

    private static IEnumerable<string[]> Rows(AfterActionReport report, ReportWords words)
    {
        if (report.IsExercise)
        {
            yield return [words.Sentences["was-exercise"]];
        }

        yield return [words["kind"], words["message"], words["channel"], words["item"], words["value"], words["unit"]];
        yield return ["report", report.Id, "", words["period"], $"{Time(report.From)}/{Time(report.To)}", "RFC 3339"];
        yield return ["report", report.Id, "", words["asOf"], Time(report.AsOf), "RFC 3339"];
        yield return ["people", "", "", words["planned"], Number(report.People.Recipients), "subscriptions"];
        yield return ["people", "", "", words["tileReached"], Number(report.People.Reached), "subscriptions"];
        yield return ["people", "", "", words["tileMissed"], Number(report.People.Missed), "subscriptions"];
        yield return ["people", "", "", words["underWay"], Number(report.People.UnderWay), "subscriptions"];
        foreach (var row in report.Messages.SelectMany(message => MessageRows(message, words)).Concat(report.Channels.SelectMany(channel => ChannelRows("", channel, words))))
        {
            yield return row;
        }

        foreach (var missed in report.People.NotReached)
        {
            yield return ["missed", missed.MessageId, missed.Channel, missed.Address ?? words["notKnown"], words.Why(missed.Why ?? "not-known"), ""];
        }

        foreach (var row in SafetyRows(report, words))
        {
            yield return row;
        }

        foreach (var finding in report.Summary)
        {
            yield return ["summary", "", "", finding.Code, finding.Text.In(words.Language), ""];
        }

        foreach (var finding in report.Improvements)
        {
            yield return ["improvement", "", "", finding.Code, finding.Text.In(words.Language), ""];
        }
    }

    private static IEnumerable<string[]> MessageRows(MessageReport message, ReportWords words)
    {
        string[] At(string label, DateTimeOffset? time) => ["message", message.Id, "", words[label], time is null ? words["notKnown"] : Time(time), "RFC 3339"];
        yield return ["message", message.Id, "", words["level"], message.Level is { } level ? Number(level) : "", ""];
        yield return At("detected", message.DetectedAt);
        yield return At("reachedAlerts", message.ReachedAt);
        yield return At("drafted", message.DraftedAt);
        yield return At("approved", message.ApprovedAt);
        yield return ["message", message.Id, "", words["by"], message.ApprovedBy ?? "", ""];
        yield return ["message", message.Id, "", words["waited"], message.ApprovalWaitSeconds is { } wait ? Number(wait) : "", "s"];
        yield return At("issued", message.IssuedAt);
        yield return ["message", message.Id, "", words["openPages"], message.OpenPages is { } pages ? Number(pages) : words["notKnown"], "pages"];
        foreach (var row in message.Channels.SelectMany(channel => ChannelRows(message.Id, channel, words)))
        {
            yield return row;
        }
    }

    private static IEnumerable<string[]> ChannelRows(string id, ChannelReport channel, ReportWords words)
    {
        string[] Row(string label, double? value, string unit) => [channel.IsDevices ? "devices" : "channel", id, channel.Channel, words[label], value is { } known ? Number(known) : words["notKnown"], unit];
        return
        [
            Row("planned", channel.Planned, "deliveries"), Row("sent", channel.Sent, "deliveries"), Row("confirmed", channel.Confirmed, "deliveries"), Row("underWay", channel.UnderWay, "deliveries"),
            Row("failed", channel.Failed, "deliveries"), Row("superseded", channel.Superseded, "deliveries"), Row("withdrawn", channel.Withdrawn, "deliveries"),
            Row("first", channel.Times?.FirstMilliseconds, "ms"), Row("p50", channel.Times?.P50Milliseconds, "ms"), Row("p99", channel.Times?.P99Milliseconds, "ms"), Row("last", channel.Times?.LastMilliseconds, "ms"),
            .. channel.FailedWhy.Select(reason => (string[])["failed", id, channel.Channel, words.Why(reason.Why), Number(reason.Count), "deliveries"]),
        ];
    }

    private static IEnumerable<string[]> SafetyRows(AfterActionReport report, ReportWords words)
    {
        var safety = report.Safety;
        string[] Row(string label, double? value, string unit) => ["safety", "", "", words[label], value is { } known && safety.IsKnown ? Number(known) : words["notKnown"], unit];
        return
        [
            Row("reports", safety.Reports, "reports"), Row("safe", safety.PeopleSafe, "people"), Row("help", safety.PeopleNeedHelp, "people"), Row("waiting", safety.CallsWaiting, "calls"),
            Row("onTheWay", safety.CallsOnTheWay, "calls"), Row("done", safety.CallsDone, "calls"), Row("medianDone", safety.MedianDoneMinutes, "min"),
            .. report.Shelters.Select(shelter => (string[])["shelter", shelter.Id, "", shelter.Name.In(words.Language), Time(shelter.OpenedAt), "RFC 3339"]),
        ];
    }

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time is { } known ? JapanTime.From(known).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture) : "";
}
