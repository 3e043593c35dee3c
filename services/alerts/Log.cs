using SmartCity.Contracts.Events;

namespace SmartCity.Alerts;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Municipality}/{DeviceId}: rule {RuleId} {Transition} ({Outcome}): {Explanation}")]
    public static partial void ThresholdApplied(
        this ILogger logger, string municipality, string deviceId, string ruleId, ThresholdTransition transition, string outcome, string explanation);

    [LoggerMessage(2, LogLevel.Warning, "Threshold event {EventId} is about municipality {Municipality}, which has no alerts here; nothing to do")]
    public static partial void ThresholdOfUnknownTown(this ILogger logger, string eventId, string municipality);

    [LoggerMessage(3, LogLevel.Warning, "Threshold event {EventId}: {Municipality} has no alert policy for rule {RuleId}; nothing to do")]
    public static partial void ThresholdWithoutPolicy(this ILogger logger, string eventId, string municipality, string ruleId);

    [LoggerMessage(4, LogLevel.Information, "Threshold event {EventId} of {Municipality}/{DeviceId} came too late: a newer one of the same rule was applied")]
    public static partial void ThresholdStale(this ILogger logger, string eventId, string municipality, string deviceId);

    [LoggerMessage(5, LogLevel.Warning, "Threshold event {EventId} was not saved; it will come again")]
    public static partial void ThresholdNotSaved(this ILogger logger, Exception exception, string eventId);

    [LoggerMessage(6, LogLevel.Information, "{Municipality}: {Action} of {Id} by {Officer}")]
    public static partial void OfficerActed(this ILogger logger, string municipality, string action, string id, string officer);

    [LoggerMessage(200, LogLevel.Warning, "{Municipality}: draft {Id} was approved by {Officer}, who wrote it, without a second person; the reason is on the draft")]
    public static partial void DraftApprovedAlone(this ILogger logger, string municipality, string id, string officer);

    [LoggerMessage(7, LogLevel.Warning, "The stream could not read new alerts; trying again")]
    public static partial void FeedNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "{Municipality}: {Count} shelters from {File}, {Removed} no longer listed")]
    public static partial void SheltersLoaded(this ILogger logger, string municipality, int count, string file, int removed);

    [LoggerMessage(9, LogLevel.Error, "{Municipality}: {File} was not imported, the shelters stay as they were. {Faults}")]
    public static partial void SheltersRefused(this ILogger logger, string municipality, string file, string faults);

    [LoggerMessage(10, LogLevel.Warning, "{Municipality}: {File}: {Notice}")]
    public static partial void ShelterNotice(this ILogger logger, string municipality, string file, string notice);

    [LoggerMessage(11, LogLevel.Warning, "{Municipality}: {File} could not be read or stored, the shelters stay as they were; trying again")]
    public static partial void SheltersNotLoaded(this ILogger logger, Exception exception, string municipality, string file);

    [LoggerMessage(20, LogLevel.Warning, "The rehearsal of an alert failed; the first real one will be slower")]
    public static partial void RehearsalFailed(this ILogger logger, Exception exception);
}
