namespace SmartCity.Alerts.Drills;

/// <summary>Ids 250 to 269.</summary>
internal static partial class DrillLog
{
    [LoggerMessage(250, LogLevel.Information, "{Municipality}: drill {Id} {Action} by {Officer}")]
    public static partial void DrillDecided(this ILogger logger, string municipality, string id, string action, string officer);

    [LoggerMessage(251, LogLevel.Information, "{Municipality}: drill {Id} began")]
    public static partial void DrillBegan(this ILogger logger, string municipality, string id);

    [LoggerMessage(252, LogLevel.Information, "{Municipality}: drill {Id}: step {Number} issued as {MessageId}")]
    public static partial void StepIssued(this ILogger logger, string municipality, string id, int number, string messageId);

    [LoggerMessage(253, LogLevel.Warning, "{Municipality}: drill {Id}: step {Number} was left out ({Why}), {LateSeconds:0} s after it was due")]
    public static partial void StepSkipped(this ILogger logger, string municipality, string id, int number, string why, double lateSeconds);

    [LoggerMessage(254, LogLevel.Information, "{Municipality}: drill {Id} is over ({Why})")]
    public static partial void DrillOver(this ILogger logger, string municipality, string id, string why);

    [LoggerMessage(255, LogLevel.Information, "{Municipality}: the report of drill {Id} was made and kept")]
    public static partial void ReportKept(this ILogger logger, string municipality, string id);

    [LoggerMessage(256, LogLevel.Warning, "Drills could not be looked for; trying again")]
    public static partial void DrillsNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(257, LogLevel.Error, "{Municipality}: drill {Id} could not go on; trying again")]
    public static partial void DrillNotPlayed(this ILogger logger, Exception exception, string municipality, string id);
}
