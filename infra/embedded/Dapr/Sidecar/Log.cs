using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Sidecar of app {AppId} listens on port {Port}")]
    public static partial void Listening(ILogger logger, string appId, int port);

    [LoggerMessage(LogLevel.Information, "App {AppId} subscribes to {Topics}")]
    public static partial void Subscribed(ILogger logger, string appId, string topics);

    [LoggerMessage(LogLevel.Warning, "App {AppId} cannot be asked for its subscriptions, trying on: {Reason}")]
    public static partial void AskFailed(ILogger logger, string appId, string reason);

    [LoggerMessage(LogLevel.Error, "App {AppId} answered a subscription that cannot be used: {Reason}")]
    public static partial void SubscriptionRefused(ILogger logger, string appId, string reason);

    [LoggerMessage(LogLevel.Warning, "App {AppId} no longer subscribes to {Topic}; {Count} events wait until it does again")]
    public static partial void QueueParked(ILogger logger, string appId, string topic, int count);

    [LoggerMessage(LogLevel.Warning, "Event {EventId} of topic {Topic} was not accepted by app {AppId} (attempt {Attempt}): {Reason}")]
    public static partial void DeliveryFailed(ILogger logger, string eventId, string topic, string appId, int attempt, string reason);

    [LoggerMessage(LogLevel.Information, "App {AppId} cannot be reached; its events wait: {Reason}")]
    public static partial void AppUnreachable(ILogger logger, string appId, string reason);

    [LoggerMessage(LogLevel.Error, "Event {EventId} of topic {Topic} for app {AppId} is dropped: {Reason}")]
    public static partial void Dropped(ILogger logger, string eventId, string topic, string appId, string reason);

    [LoggerMessage(LogLevel.Warning, "Event {EventId} of topic {Topic} for app {AppId} goes to dead-letter topic {DeadLetterTopic}: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string eventId, string topic, string appId, string deadLetterTopic, string reason);

    [LoggerMessage(LogLevel.Warning, "Event {EventId} cannot be moved to dead-letter topic {DeadLetterTopic} now: {Reason}")]
    public static partial void DeadLetterBlocked(ILogger logger, string eventId, string deadLetterTopic, string reason);

    [LoggerMessage(LogLevel.Error, "An event of topic {Topic} for app {AppId} could not be written to the disk; its publisher was told so")]
    public static partial void NotWritten(ILogger logger, string topic, string appId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The event log could not be rewritten; it goes on growing until the next attempt")]
    public static partial void CompactionFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Delivery of topic {Topic} to app {AppId} stopped by a fault of the sidecar")]
    public static partial void WorkerFailed(ILogger logger, string topic, string appId, Exception exception);

    [LoggerMessage(LogLevel.Error, "Asking app {AppId} for its subscriptions stopped by a fault of the sidecar")]
    public static partial void AskerFailed(ILogger logger, string appId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Invocation of app {AppId} broke off after its answer had begun: {Reason}")]
    public static partial void InvocationBrokeOff(ILogger logger, string appId, string reason);

    [LoggerMessage(LogLevel.Error, "Request {Method} {Path} failed by a fault of the sidecar")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(LogLevel.Information, "Resource {Place} is passed over: {Reason}")]
    public static partial void ResourceSkipped(ILogger logger, string place, string reason);

    [LoggerMessage(LogLevel.Warning, "Resource {Place}: the embedded engine does not honour {Fields}")]
    public static partial void ResourceFieldIgnored(ILogger logger, string place, string fields);

    [LoggerMessage(LogLevel.Information, "Component {Name} of type {Type} is kept on the local disk by the embedded engine; not used: {Unused}")]
    public static partial void ComponentIsLocal(ILogger logger, string name, string type, string unused);

    [LoggerMessage(LogLevel.Warning, "Component {Name} is of type {Type}, which the embedded engine does not have; requests to it fail")]
    public static partial void ComponentSkipped(ILogger logger, string name, string type);

    [LoggerMessage(LogLevel.Warning, "Circuit breaker of app {AppId} for {Target} went from {From} to {To}")]
    public static partial void CircuitChanged(ILogger logger, string appId, string target, CircuitState from, CircuitState to);

    [LoggerMessage(LogLevel.Warning, "The log in {Directory} ended in {Bytes} bytes that are no whole record: they are kept beside it as *.torn. That is normal after a kill; anything else is damage")]
    public static partial void TornLog(ILogger logger, string directory, long bytes);
}
