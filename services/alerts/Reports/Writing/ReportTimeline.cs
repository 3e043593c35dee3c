using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Reports.Writing;

/// <summary>One thing that happened.</summary>
/// <param name="Label">Key of the words that say what.</param>
/// <param name="Detail">Which one, or by whom.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Label, string Detail);

/// <summary>Everything that a report knows a time of, in order. Pure.</summary>
internal static class ReportTimeline
{
    public static IReadOnlyList<TimelineEntry> Of(AfterActionReport report, ReportWords words)
        => [.. Drill(report.Drill).Concat(report.Messages.SelectMany(message => Message(message, words))).Concat(Around(report, words)).OrderBy(entry => entry.At)];

    public static string NameOf(MessageReport message, ReportWords words)
    {
        var type = words.MessageTypes.GetValueOrDefault(message.MsgType, message.MsgType);
        return message.Level is { } level ? words.Bracketed(type, $"{words["level"]} {level}") : type;
    }

    private static IEnumerable<TimelineEntry> Drill(DrillSummary? drill)
    {
        if (drill is null)
        {
            yield break;
        }

        yield return new(drill.PlannedAt, "planned2", drill.PlannedBy);
        if (drill.ApprovedAt is { } approved)
        {
            yield return new(approved, "approved", drill.ApprovedBy ?? "");
        }

        if (drill.StartedAt is { } started)
        {
            yield return new(started, "drillStarted", drill.Name);
        }

        if (drill.EndedAt is { } ended)
        {
            yield return new(ended, "drillEnded", drill.EndedBy ?? "");
        }
    }

    private static IEnumerable<TimelineEntry> Message(MessageReport message, ReportWords words)
    {
        var name = NameOf(message, words);
        // Of a drill's messages, who planned and approved stands in front once.
        if (message.Source != "drill")
        {
            if (message.DetectedAt is { } detected)
            {
                yield return new(detected, "detected", words.Sources[message.Source]);
            }

            if (message.ReachedAt is { } reached)
            {
                yield return new(reached, "reachedAlerts", name);
            }

            if (message.DraftedAt is { } drafted)
            {
                yield return new(drafted, "drafted", message.DraftedBy is null ? name : $"{name} {message.DraftedBy}");
            }

            if (message.ApprovedAt is { } approved)
            {
                yield return new(approved, "approved", $"{name} {message.ApprovedBy}");
            }
        }

        yield return new(message.IssuedAt, "issued", $"{name}　{message.Headline.In(words.Language)}");
        if (DeliveryTimes.Of(message.Channels.Where(channel => channel is { Times: not null, IsDevices: false }).Select(channel => channel.Times!.P50Milliseconds)) is { } half)
        {
            var slowest = message.Channels.Where(channel => channel is { Times: not null, IsDevices: false }).Max(channel => channel.Times!.P99Milliseconds);
            yield return new(message.IssuedAt.AddMilliseconds(half.LastMilliseconds), "half", name);
            yield return new(message.IssuedAt.AddMilliseconds(slowest), "most", name);
        }
    }

    private static IEnumerable<TimelineEntry> Around(AfterActionReport report, ReportWords words)
    {
        foreach (var shelter in report.Shelters.Where(shelter => shelter.OpenedAt is not null))
        {
            yield return new(shelter.OpenedAt!.Value, "opened", shelter.Name.In(words.Language));
        }

        if (report.Safety.FirstCallAt is { } call)
        {
            yield return new(call, "firstCall", "");
        }
    }
}
