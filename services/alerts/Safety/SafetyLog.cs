namespace SmartCity.Alerts.Safety;

internal static partial class SafetyLog
{
    [LoggerMessage(80, LogLevel.Information, "{Municipality}: safety check {Id} (exercise: {IsExercise}) opened by {Officer}")]
    public static partial void CheckOpened(this ILogger logger, string municipality, string id, bool isExercise, string officer);

    [LoggerMessage(81, LogLevel.Information, "{Municipality}: safety check {Id} closed by {Officer}")]
    public static partial void CheckClosed(this ILogger logger, string municipality, string id, string officer);

    [LoggerMessage(82, LogLevel.Error, "{Municipality}: the personal texts of safety report {Id} can't be decrypted; is its key among the field keys?")]
    public static partial void PersonalNotReadable(this ILogger logger, Exception exception, string municipality, string id);

    [LoggerMessage(83, LogLevel.Information, "{Municipality}: {Count} safety reports deleted, their time is over")]
    public static partial void ReportsDeleted(this ILogger logger, string municipality, int count);

    [LoggerMessage(84, LogLevel.Warning, "{Municipality}: safety reports could not be deleted; trying again in an hour")]
    public static partial void ReportsNotDeleted(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(85, LogLevel.Information, "{Municipality}: rescue of {Id} set to {Rescue} by {Officer}")]
    public static partial void RescueSet(this ILogger logger, string municipality, string id, string rescue, string officer);
}
