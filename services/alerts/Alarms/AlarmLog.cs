using SmartCity.Contracts.Events;

namespace SmartCity.Alerts.Alarms;

/// <summary>Ids 220 to 226.</summary>
internal static partial class AlarmLog
{
    [LoggerMessage(220, LogLevel.Information, "{Municipality}/{DeviceId}: silence {RuleId} {Transition} ({Outcome}): {Explanation}")]
    public static partial void SilenceTaken(
        this ILogger logger, string municipality, string deviceId, string ruleId, ThresholdTransition transition, string outcome, string explanation);

    [LoggerMessage(221, LogLevel.Warning, "Silence event {EventId} is about municipality {Municipality}, which has no alerts here; nothing to do")]
    public static partial void SilenceOfUnknownTown(this ILogger logger, string eventId, string municipality);

    [LoggerMessage(222, LogLevel.Warning, "Silence event {EventId} was not saved; it will come again")]
    public static partial void SilenceNotSaved(this ILogger logger, Exception exception, string eventId);

    [LoggerMessage(223, LogLevel.Information, "{Municipality}: {Count} alarms older than {Days} days deleted")]
    public static partial void AlarmsDeleted(this ILogger logger, string municipality, int count, int days);

    [LoggerMessage(224, LogLevel.Warning, "{Municipality}: old alarms could not be deleted; trying again in an hour")]
    public static partial void AlarmsNotDeleted(this ILogger logger, Exception exception, string municipality);
}
