namespace SmartCity.Alerts.Drills;

/// <summary>Which steps of a running drill are due, and which of them it is too late for. Pure.</summary>
internal static class DrillScript
{
    public const string TooLate = "too-late";

    /// <summary>The next step is due as well: nobody is told of a level that does not hold any more.</summary>
    public const string Overtaken = "overtaken";

    /// <param name="now">By it the steps are due.</param>
    /// <param name="latestSeconds">How late a level may still be announced. An all-clear is never too late: without it, an alert would stay.</param>
    /// <returns>In their order, with why one is left out, or null where it is to be done.</returns>
    public static IReadOnlyList<(DrillStep Step, string? LeftOut)> Due(Drill drill, DateTimeOffset now, double latestSeconds)
    {
        var elapsed = (now - drill.StartedAt!.Value).TotalSeconds;
        var due = drill.Steps.Where(step => step.State == DrillStepState.Waiting && step.AfterSeconds <= elapsed).OrderBy(step => step.Number).ToList();
        return [.. due.Select((step, index) => (step, LeftOut(step, elapsed - step.AfterSeconds, latestSeconds, isNewest: index == due.Count - 1)))];
    }

    private static string? LeftOut(DrillStep step, double lateSeconds, double latestSeconds, bool isNewest)
        => step.Level is null ? null
        : lateSeconds > latestSeconds ? TooLate
        : isNewest ? null : Overtaken;
}
