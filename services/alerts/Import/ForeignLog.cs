namespace SmartCity.Alerts.Import;

internal static partial class ForeignLog
{
    [LoggerMessage(30, LogLevel.Information, "{Municipality}: message {Identifier} of {Sender} was taken ({Outcome}) as {Id}, handed in by {ImportedBy}")]
    public static partial void ForeignTaken(
        this ILogger logger, string municipality, string sender, string identifier, ForeignOutcome outcome, string id, string importedBy);
}
