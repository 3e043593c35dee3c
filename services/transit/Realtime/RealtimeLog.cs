namespace SmartCity.Transit.Realtime;

/// <summary>Ids 445 to 459.</summary>
internal static partial class RealtimeLog
{
    [LoggerMessage(445, LogLevel.Warning, "GTFS Realtime of {Municipality}/{Source} not taken: {Fault} The last good one stays until it is too old")]
    public static partial void FeedNotTaken(this ILogger logger, string municipality, string source, string fault);

    [LoggerMessage(446, LogLevel.Warning, "GTFS Realtime of {Municipality}/{Source} not fetched: {Fault} Failure {Failures} in a row, trying again in {Seconds} s")]
    public static partial void FeedNotFetched(this ILogger logger, string municipality, string source, string fault, int failures, double seconds);

    [LoggerMessage(447, LogLevel.Error, "Following GTFS Realtime sources failed; trying again")]
    public static partial void FollowingFailed(this ILogger logger, Exception exception);
}
