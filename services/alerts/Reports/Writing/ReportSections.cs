namespace SmartCity.Alerts.Reports.Writing;

/// <summary>The parts of a report's page.</summary>
internal static class ReportSections
{
    public static void Tiles(HtmlText html, AfterActionReport report, ReportWords words)
    {
        var people = report.People;
        html.Raw("<ul class=\"tiles\">");
        Tile(html, people.Recipients == 0 ? words["notKnown"] : $"{Math.Floor(100.0 * people.Reached / people.Recipients):0}%",
            $"{words["tileReached"]} ({HtmlText.Number(people.Reached)} / {HtmlText.Number(people.Recipients)} {words["recipientsUnit"]})", people.Recipients > 0 && people.Reached == people.Recipients ? "good" : "");
        Tile(html, people.Times is { } times ? words.Duration(times.P50Milliseconds / 1000) : words["notKnown"], words["tileHalf"], "");
        Tile(html, $"{HtmlText.Number(people.Missed)} {words["unitCount"]}".Trim(), words["tileMissed"], people.Missed > 0 ? "bad" : "good");
        if (report.Drill is null)
        {
            Tile(html, report.Messages.Max(message => message.ApprovalWaitSeconds) is { } wait ? words.Duration(wait) : words["none"], words["tileApproval"], "");
        }

        html.Raw("</ul>");
    }

    public static void Timeline(HtmlText html, AfterActionReport report, ReportWords words)
    {
        html.Element("h2", words["timeline"]).Raw("<ol class=\"line\">");
        foreach (var entry in ReportTimeline.Of(report, words))
        {
            html.Raw("<li>").Element("time", ReportWords.Time(entry.At)).Raw("<strong>").Text(words[entry.Label]).Raw("</strong> ").Text(entry.Detail).Raw("</li>");
        }

        foreach (var step in report.Drill?.SkippedSteps ?? [])
        {
            html.Raw("<li>").Element("strong", words["stepSkipped"]).Text(" " + (step.Level is { } level ? words.Bracketed($"{step.Number}", $"{words["level"]} {level}") : $"{step.Number}")).Raw("</li>");
        }

        html.Raw("</ol>");
    }

    public static void Channels(HtmlText html, AfterActionReport report, ReportWords words)
    {
        html.Element("h2", words["perChannel"]);
        if (report.Channels.Count == 0)
        {
            html.Element("p class=\"empty\"", words["noDeliveries"]);
        }
        else
        {
            html.Table(words["perChannel"], Heads(words, words["channel"]), report.Channels.Select(channel => Cells(words.Channel(channel.Channel), channel, words)), numbersFrom: 1);
        }

        if (report.Messages.Count == 0)
        {
            return;
        }

        html.Element("h2", words["perMessage"]);
        foreach (var message in report.Messages)
        {
            html.Element("h3", $"{ReportWords.Time(message.IssuedAt)}　{ReportTimeline.NameOf(message, words)}").Element("p class=\"facts\"", Origin(message, words));
            if (message.Channels.Count > 0)
            {
                html.Table($"{words["perMessage"]} {ReportWords.Time(message.IssuedAt)}", Heads(words, words["channel"]), message.Channels.Select(channel => Cells(words.Channel(channel.Channel), channel, words)), numbersFrom: 1);
            }
        }
    }

    public static void Missed(HtmlText html, AfterActionReport report, ReportWords words)
    {
        html.Element("h2", words["missedTitle"]);
        if (report.People.NotReached.Count == 0)
        {
            html.Element("p class=\"empty\"", words["missedNone"]);
            return;
        }

        html.Table(
            words["missedTitle"],
            [words["address"], words["channel"], words["message"], words["why"], words["gotAnother"], words["at"]],
            report.People.NotReached.Select(missed => (IReadOnlyList<string>)
            [
                missed.Address ?? words["notKnown"], words.Channel(missed.Channel), missed.Level is { } level ? $"{words["level"]} {level}" : missed.MessageId,
                words.Why(missed.Why ?? "not-known"), words[missed.GotAnother ? "yes" : "no"], missed.At is { } at ? ReportWords.Time(at) : words["notKnown"],
            ]))
            .Element("p class=\"hint\"", words["missedCut"]);
    }

    public static void Around(HtmlText html, AfterActionReport report, ReportWords words)
    {
        var safety = report.Safety;
        html.Element("h2", words["safetyTitle"]);
        string Count(int number, string unit) => safety.IsKnown ? $"{HtmlText.Number(number)} {words[unit]}".Trim() : words["notKnown"];
        html.Table(
            words["safetyTitle"],
            [words["item"], words["value"]],
            [
                [words["reports"], Count(safety.Reports, "unitCount")], [words["safe"], Count(safety.PeopleSafe, "unitPeople")], [words["help"], Count(safety.PeopleNeedHelp, "unitPeople")],
                [words["waiting"], Count(safety.CallsWaiting, "unitCount")], [words["onTheWay"], Count(safety.CallsOnTheWay, "unitCount")], [words["done"], Count(safety.CallsDone, "unitCount")],
                [words["firstCall"], safety.FirstCallAt is { } call ? ReportWords.Time(call) : words[safety.IsKnown ? "none" : "notKnown"]],
                [words["medianDone"], safety.MedianDoneMinutes is { } minutes ? words.Duration(minutes * 60) : words["notKnown"]],
            ],
            numbersFrom: 1);
        html.Element("h2", words["sheltersTitle"]);
        if (report.Shelters.Count == 0)
        {
            html.Element("p class=\"empty\"", words["sheltersNone"]);
            return;
        }

        html.Table(
            words["sheltersTitle"],
            [words["shelter"], words["opened"], words["mostPeople"], words["status"]],
            report.Shelters.Select(shelter => (IReadOnlyList<string>)
            [
                shelter.Name.In(words.Language), shelter.OpenedAt is { } opened ? ReportWords.Time(opened) : words["none"],
                shelter.MostPeople is { } people ? $"{HtmlText.Number(people)} {words["unitPeople"]}" : words["notKnown"], words.ShelterStatuses.GetValueOrDefault(shelter.Status, shelter.Status),
            ]));
    }

    private static void Tile(HtmlText html, string value, string label, string mood)
        => html.Raw(mood.Length > 0 ? $"<li class=\"{mood}\">" : "<li>").Element("b", value).Element("span", label).Raw("</li>");

    private static string Origin(MessageReport message, ReportWords words)
    {
        string At(string label, DateTimeOffset? time, string? by = null) => $"{words[label]} {(time is { } at ? ReportWords.Time(at) : words["notKnown"])}{(by is null ? "" : $" ({by})")}";
        string[] parts =
        [
            $"{words["source"]} {words.Sources[message.Source]}",
            .. message.Source is "drill" or "person" ? [] : (string[])[At("detected", message.DetectedAt), At("reachedAlerts", message.ReachedAt)],
            .. message.DraftedAt is null || message.Source == "drill" ? [] : (string[])[At("drafted", message.DraftedAt, message.DraftedBy)],
            .. message.ApprovedAt is null ? [] : (string[])[At("approved", message.ApprovedAt, message.ApprovedBy)],
            .. message.ApprovalWaitSeconds is { } wait ? (string[])[$"{words["waited"]} {words.Duration(wait)}"] : [],
            $"{words["openPages"]} {(message.OpenPages is { } pages ? $"{HtmlText.Number(pages)} {words["unitPages"]}" : words["notKnown"])}",
        ];
        return string.Join(" ・ ", parts);
    }

    private static IReadOnlyList<string> Heads(ReportWords words, string first)
        => [first, .. ((string[])["planned", "sent", "confirmed", "underWay", "failed", "superseded", "withdrawn", "first", "p50", "p99", "last"]).Select(label => words[label])];

    private static IReadOnlyList<string> Cells(string name, ChannelReport channel, ReportWords words)
    {
        string Count(int number) => $"{HtmlText.Number(number)} {words["unitCount"]}".Trim();
        string Time(double? milliseconds) => milliseconds is { } known ? words.Duration(known / 1000) : "–";
        return
        [
            name, Count(channel.Planned), Count(channel.Sent), Count(channel.Confirmed), Count(channel.UnderWay), Count(channel.Failed), Count(channel.Superseded), Count(channel.Withdrawn),
            Time(channel.Times?.FirstMilliseconds), Time(channel.Times?.P50Milliseconds), Time(channel.Times?.P99Milliseconds), Time(channel.Times?.LastMilliseconds),
        ];
    }
}
