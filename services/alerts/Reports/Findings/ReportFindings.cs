namespace SmartCity.Alerts.Reports.Findings;

/// <summary>What the numbers of a report say, in sentences that a mayor reads first. Pure.</summary>
internal static class ReportFindings
{
    public static IReadOnlyList<Finding> Summarize(AfterActionReport report)
    {
        var findings = new List<Finding>();
        if (report.IsExercise && report.Messages.Count > 0)
        {
            findings.Add(Finding.Of("was-exercise"));
        }

        if (report.Messages.Count == 0)
        {
            findings.Add(Finding.Of("no-messages"));
        }
        else
        {
            var levels = report.Messages.Where(message => message.Level is not null).Select(message => message.Level!.Value).ToList();
            findings.Add(levels.Count > 0
                ? Finding.Of("messages-with-level", ("count", report.Messages.Count), ("from", report.Messages[0].IssuedAt), ("to", report.Messages[^1].IssuedAt), ("level", levels.Max()))
                : Finding.Of("messages", ("count", report.Messages.Count), ("from", report.Messages[0].IssuedAt), ("to", report.Messages[^1].IssuedAt)));
            findings.AddRange(PeopleOf(report.People));
            findings.AddRange(PaceOf(report));
        }

        findings.AddRange(DrillOf(report.Drill));
        findings.AddRange(AroundOf(report));
        return findings;
    }

    private static IEnumerable<Finding> PeopleOf(PeopleReport people)
    {
        if (people.Recipients == 0)
        {
            yield return Finding.Of("no-recipients");
            yield break;
        }

        yield return Finding.Of("reached", ("recipients", people.Recipients), ("reached", people.Reached), ("percent", Math.Floor(100.0 * people.Reached / people.Recipients)));
        if (people.Times is { } times)
        {
            yield return Finding.Of("pace", ("p50", times.P50Milliseconds / 1000), ("p99", times.P99Milliseconds / 1000), ("last", times.LastMilliseconds / 1000));
        }

        if (people.Missed > 0)
        {
            yield return Finding.Of("missed", ("missed", people.Missed));
        }

        if (people.UnderWay > 0)
        {
            yield return Finding.Of("under-way", ("count", people.UnderWay));
        }
    }

    private static IEnumerable<Finding> PaceOf(AfterActionReport report)
    {
        var first = report.Messages[0];
        if (first.DetectedAt is { } detected && first.IssuedAt >= detected)
        {
            yield return Finding.Of("detection", ("seconds", (first.IssuedAt - detected).TotalSeconds));
        }

        if (report.Drill is null && report.Messages.Max(message => message.ApprovalWaitSeconds) is { } wait)
        {
            yield return Finding.Of("approval", ("seconds", wait));
        }
    }

    private static IEnumerable<Finding> DrillOf(DrillSummary? drill)
    {
        if (drill?.State == "Stopped")
        {
            yield return Finding.Of(drill.EndedWhy == "actual-alert" ? "stopped-by-alert" : "stopped-by-officer", ("at", drill.EndedAt)).With("by", drill.EndedBy ?? "");
        }

        foreach (var step in drill?.SkippedSteps.Where(step => step.Why == "too-late") ?? [])
        {
            yield return Finding.Of("step-skipped", ("number", step.Number), ("late", step.LateSeconds ?? 0));
        }
    }

    private static IEnumerable<Finding> AroundOf(AfterActionReport report)
    {
        var opened = report.Shelters.Where(shelter => shelter.OpenedAt is not null).ToList();
        if (opened.Count > 0)
        {
            var first = opened.Min(shelter => shelter.OpenedAt!.Value);
            yield return Finding.Of("shelters", ("count", opened.Count), ("at", first), ("after", Math.Max(0, (first - report.From).TotalSeconds)));
        }

        var safety = report.Safety;
        if (!safety.IsKnown)
        {
            yield return Finding.Of("safety-not-known");
        }
        else if (safety.Reports > 0)
        {
            yield return Finding.Of("safety", ("reports", safety.Reports), ("safe", safety.PeopleSafe), ("help", safety.PeopleNeedHelp));
            if (safety.CallsWaiting + safety.CallsOnTheWay + safety.CallsDone > 0)
            {
                yield return Finding.Of("calls", ("waiting", safety.CallsWaiting), ("onTheWay", safety.CallsOnTheWay), ("done", safety.CallsDone));
            }
        }
    }
}
