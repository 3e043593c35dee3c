namespace SmartCity.Registry.Exchange;

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Warning, "The exchange log's day could not be sealed now; trying again in a minute")]
    public static partial void DayNotSealed(this ILogger logger, Exception exception);

    [LoggerMessage(21, LogLevel.Warning, "Exchange record {EventId} not saved; it will be delivered again")]
    public static partial void ExchangeNotSaved(this ILogger logger, Exception exception, string eventId);
}
