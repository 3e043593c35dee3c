namespace SmartCity.Transit;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Information, "{Municipality}: feed {Feed} is live in version {Version} ({Stops} stops, {Trips} trips)")]
    public static partial void FeedLive(this ILogger logger, string municipality, string feed, string version, int stops, int trips);
}
