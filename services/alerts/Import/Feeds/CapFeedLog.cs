namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Ids 240 to 244.</summary>
internal static partial class CapFeedLog
{
    [LoggerMessage(240, LogLevel.Information, "Feed {Feed}: {Count} new entries")]
    public static partial void FeedRead(this ILogger logger, Uri feed, int count);

    [LoggerMessage(241, LogLevel.Warning, "Feed {Feed} was not read: {Why}. Trying again in {Pause}")]
    public static partial void FeedNotRead(this ILogger logger, Uri feed, string why, TimeSpan pause);

    [LoggerMessage(242, LogLevel.Warning, "Entry {EntryId} could not be taken; try {Tries}")]
    public static partial void EntryNotTaken(this ILogger logger, Exception exception, string entryId, int tries);

    [LoggerMessage(243, LogLevel.Information, "Entry {EntryId} is {State}: {Explanation}")]
    public static partial void EntryEnded(this ILogger logger, string entryId, CapEntryState state, string explanation);

    [LoggerMessage(244, LogLevel.Error, "The intake of CAP feeds failed; trying again")]
    public static partial void IntakeFailed(this ILogger logger, Exception exception);
}
