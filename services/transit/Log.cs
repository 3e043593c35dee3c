namespace SmartCity.Transit;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Information, "{Municipality}: feed {Feed} is live in version {Version} ({Stops} stops, {Trips} trips)")]
    public static partial void FeedLive(this ILogger logger, string municipality, string feed, string version, int stops, int trips);

    [LoggerMessage(401, LogLevel.Warning, "{Municipality}: feed {Feed} was refused, the last good version stays: {Notices}")]
    public static partial void FeedRefused(this ILogger logger, string municipality, string feed, string notices);

    [LoggerMessage(402, LogLevel.Error, "{Municipality}: version {Version} of feed {Feed} is live, and its zip can't be read; the feed is not served")]
    public static partial void LiveFeedUnreadable(this ILogger logger, string municipality, string feed, string version);

    [LoggerMessage(403, LogLevel.Warning, "{Municipality}: which feeds are live could not be read; what is served stays")]
    public static partial void LiveFeedsNotRead(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(404, LogLevel.Error, "{Municipality}: feed {Feed} of the manifest ({Source}) was not taken: {Reason}")]
    public static partial void ManifestFeedRefused(this ILogger logger, string municipality, string feed, string source, string reason);

    [LoggerMessage(405, LogLevel.Warning, "{Municipality}: feeds of the manifest could not be read or stored; trying again")]
    public static partial void ManifestFeedNotLoaded(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(406, LogLevel.Information, "{Municipality}: feed {Feed} is no longer in the manifest and no longer served")]
    public static partial void ManifestFeedGone(this ILogger logger, string municipality, string feed);

    [LoggerMessage(460, LogLevel.Information, "{Municipality}: journeys are searched on version {Version} ({Stops} stops, {Trips} trips; built in {Milliseconds} ms, {Kibibytes} KiB)")]
    public static partial void PlannerReady(this ILogger logger, string municipality, string version, int stops, int trips, long milliseconds, long kibibytes);

    [LoggerMessage(461, LogLevel.Information, "{Municipality}: journeys use neither {Trips} trips without two timed calls at stops nor {Transfers} transfer rules of certain routes or trips")]
    public static partial void PlannerLeftOut(this ILogger logger, string municipality, int trips, int transfers);

    [LoggerMessage(462, LogLevel.Error, "{Municipality}: no timetable for journeys could be made of the live feeds; version served on: {Version}")]
    public static partial void PlannerNotBuilt(this ILogger logger, Exception exception, string municipality, string version);

    [LoggerMessage(463, LogLevel.Warning, "{Municipality}: feed {Feed} is in another time zone than the town's first feed, journeys do not use it")]
    public static partial void PlannerOtherTimeZone(this ILogger logger, string municipality, string feed);
}
