namespace SmartCity.Alerts.Reports.Findings;

/// <summary>What to improve: rules over the numbers, each of which names the number that made it speak. Pure.</summary>
internal static class Improvements
{
    /// <summary>A person should have decided within this: in a flash flood minutes count.</summary>
    public const double SlowApprovalSeconds = 300;

    /// <summary>From reading to alert; the platform itself needs less than a second.</summary>
    public const double SlowDetectionSeconds = 60;

    /// <summary>Until 99 of 100 deliveries of a channel.</summary>
    public const double SlowDeliverySeconds = 60;

    private const int LevelThatOpensShelters = 3;

    /// <param name="untested">Channels that are offered and that no test recipient of the town uses.</param>
    public static IReadOnlyList<Finding> Of(AfterActionReport report, IReadOnlyCollection<string> untested)
    {
        Finding[] findings =
        [
            .. report.Channels.SelectMany(ChannelFaults),
            .. Pace(report),
            .. Drill(report),
            .. Town(report),
            .. untested.Select(channel => Finding.Said("no-test-recipient", [("channel", channel)])),
        ];
        return findings.Length > 0 ? findings : [Finding.Of("nothing-found")];
    }

    private static IEnumerable<Finding> ChannelFaults(ChannelReport channel)
    {
        foreach (var reason in channel.FailedWhy)
        {
            yield return Finding.Of("channel-failed", ("count", reason.Count), ("planned", channel.Planned)).With("channel", channel.Channel).With("why", reason.Why);
        }

        if (channel.Times?.P99Milliseconds / 1000 > SlowDeliverySeconds)
        {
            yield return Finding.Of("channel-slow", ("p99", channel.Times!.P99Milliseconds / 1000)).With("channel", channel.Channel);
        }

        if (channel.Superseded > 0)
        {
            yield return Finding.Of("channel-superseded", ("count", channel.Superseded), ("planned", channel.Planned)).With("channel", channel.Channel);
        }
    }

    private static IEnumerable<Finding> Pace(AfterActionReport report)
    {
        if (report.Drill is null && report.Messages.Max(message => message.ApprovalWaitSeconds) is > SlowApprovalSeconds and var wait)
        {
            yield return Finding.Of("approval-slow", ("seconds", wait), ("allowed", SlowApprovalSeconds));
        }

        var slow = report.Messages.Where(message => message is { Source: "reading", DetectedAt: not null })
            .Select(message => (message.ReachedAt ?? message.IssuedAt) - message.DetectedAt!.Value)
            .Where(delay => delay.TotalSeconds > SlowDetectionSeconds).ToList();
        if (slow.Count > 0)
        {
            yield return Finding.Of("detection-slow", ("count", slow.Count), ("seconds", slow.Max().TotalSeconds), ("allowed", SlowDetectionSeconds));
        }
    }

    private static IEnumerable<Finding> Drill(AfterActionReport report)
    {
        if (report.Drill is not { } drill)
        {
            yield break;
        }

        if (drill.DrillSubscriptions == 0)
        {
            yield return Finding.Of("nobody-wants-drills", ("all", drill.AllSubscriptions));
        }
        else if (drill.DrillSubscriptions * 2 < drill.AllSubscriptions)
        {
            yield return Finding.Of("few-want-drills", ("count", drill.DrillSubscriptions), ("all", drill.AllSubscriptions));
        }

        if (drill.SkippedSteps.Count(step => step.Why == "too-late") is > 0 and var skipped)
        {
            yield return Finding.Of("steps-too-late", ("count", skipped));
        }
    }

    private static IEnumerable<Finding> Town(AfterActionReport report)
    {
        if (report.Drill is null && report.Messages.Count > 0 && report.People.Recipients == 0)
        {
            yield return Finding.Of("nobody-subscribed");
        }

        if (report.Safety.CallsWaiting > 0)
        {
            yield return Finding.Of("calls-waiting", ("count", report.Safety.CallsWaiting));
        }

        if (report.Shelters.All(shelter => shelter.OpenedAt is null) && report.Messages.Any(message => message is { Level: >= LevelThatOpensShelters, MsgType: not "Cancel" }))
        {
            yield return Finding.Of("no-shelter-opened", ("level", report.Messages.Max(message => message.Level)));
        }
    }
}
