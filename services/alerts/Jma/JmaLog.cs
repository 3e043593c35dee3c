using SmartCity.Alerts.Jma.Importing;

namespace SmartCity.Alerts.Jma;

internal static partial class JmaLog
{
    [LoggerMessage(40, LogLevel.Information, "{Municipality}: bulletin {BulletinId}: {Outcome}. {Explanation}")]
    public static partial void BulletinTaken(this ILogger logger, string municipality, string bulletinId, BulletinOutcome outcome, string explanation);

    [LoggerMessage(41, LogLevel.Information, "{Municipality}: {Action} of bulletin {BulletinId} by {Officer}")]
    public static partial void BulletinDecided(this ILogger logger, string municipality, string action, string bulletinId, string officer);

    [LoggerMessage(42, LogLevel.Warning, "Feed {Feed} was not read: {Why}. Trying again in {Pause}")]
    public static partial void FeedNotRead(this ILogger logger, Uri feed, string why, TimeSpan pause);

    [LoggerMessage(43, LogLevel.Information, "Feed {Feed}: {Count} new entries, {Wanted} of them to be fetched")]
    public static partial void FeedRead(this ILogger logger, Uri feed, int count, int wanted);

    [LoggerMessage(44, LogLevel.Warning, "Entry {EntryId} could not be taken ({Why}); try {Tries}")]
    public static partial void EntryNotTaken(this ILogger logger, string entryId, string why, int tries);

    [LoggerMessage(45, LogLevel.Error, "Entry {EntryId} was given up: {Why}")]
    public static partial void EntryGivenUp(this ILogger logger, string entryId, string why);

    [LoggerMessage(46, LogLevel.Warning, "A push for feed {Feed} was refused: {Why}")]
    public static partial void PushRefused(this ILogger logger, Uri feed, string why);

    [LoggerMessage(47, LogLevel.Information, "Pushes of feed {Feed} are agreed until {Until}")]
    public static partial void PushAgreed(this ILogger logger, Uri feed, DateTimeOffset until);

    [LoggerMessage(48, LogLevel.Warning, "The hub did not take the subscription of feed {Feed}: {Why}. Polling goes on")]
    public static partial void PushNotAsked(this ILogger logger, Uri feed, string why);

    [LoggerMessage(50, LogLevel.Warning, "The rehearsal of a bulletin failed; the first real one will be slower")]
    public static partial void RehearsalFailed(this ILogger logger, Exception exception);

    [LoggerMessage(49, LogLevel.Error, "The intake of bulletins failed; trying again")]
    public static partial void IntakeFailed(this ILogger logger, Exception exception);

    [LoggerMessage(51, LogLevel.Error, "Entry {EntryId} could not be taken for a reason that nobody foresaw; try {Tries}")]
    public static partial void EntryFailed(this ILogger logger, Exception exception, string entryId, int tries);

    [LoggerMessage(52, LogLevel.Error, "Entry {EntryId} could not be given to {Municipality} for a reason that nobody foresaw")]
    public static partial void TownNotTold(this ILogger logger, Exception exception, string entryId, string municipality);
}
