namespace SmartCity.Transit.Live;

/// <summary>Ids 450 to 452.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(450, LogLevel.Error, "{Municipality}: the travel times that were learned can't be read; predictions start from the timetable, and what is learned from now on replaces them")]
    public static partial void LearnedTimesUnreadable(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(451, LogLevel.Warning, "{Municipality}: the travel times that were learned could not be loaded; predictions start from the timetable")]
    public static partial void LearnedTimesNotLoaded(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(452, LogLevel.Warning, "{Municipality}: the travel times that were learned could not be saved; trying again")]
    public static partial void LearnedTimesNotSaved(this ILogger logger, Exception exception, string municipality);
}
