using Microsoft.Extensions.Logging;

namespace SmartCity.ServiceDefaults.Messaging;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Outbox not published, attempt {Attempt}; nothing is lost, trying again")]
    public static partial void OutboxNotPublished(this ILogger logger, Exception exception, int attempt);
}
