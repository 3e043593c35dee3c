using Microsoft.Extensions.Logging;

namespace Dapr;

internal static partial class TopicLog
{
    [LoggerMessage(LogLevel.Error, "A default subscription to topic {Topic} on pubsub {Pubsub} already exists.")]
    public static partial void DuplicateDefault(ILogger logger, string topic, string pubsub);

    [LoggerMessage(LogLevel.Error, "A subscription to topic {Topic} on pubsub {Pubsub} has duplicate priorities for {Priority}: found {Count} occurrences.")]
    public static partial void DuplicatePriority(ILogger logger, string topic, string pubsub, int priority, int count);
}
