namespace SmartCity.Telemetry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Ingest session {ClientId} connected to {Host}:{Port}, session present: {SessionPresent}")]
    public static partial void IngestConnected(this ILogger logger, string clientId, string host, int port, bool sessionPresent);

    [LoggerMessage(2, LogLevel.Warning, "Ingest session not connected to {Host}:{Port}: {Reason}; trying again in {Seconds} s")]
    public static partial void IngestNotConnected(this ILogger logger, string host, int port, string reason, double seconds);

    [LoggerMessage(3, LogLevel.Warning, "Refused from {Municipality}/{Device}: {Code}: {Message} ({Count} like this in the last minute)")]
    public static partial void Refused(this ILogger logger, string municipality, string device, string code, string message, long count);

    [LoggerMessage(4, LogLevel.Error, "Batch of {Messages} messages not stored, attempt {Attempt}; none of them is acknowledged, trying again")]
    public static partial void BatchNotStored(this ILogger logger, Exception exception, int messages, int attempt);

    [LoggerMessage(5, LogLevel.Error, "Rules of {Device} not evaluated; its readings are stored")]
    public static partial void RulesNotEvaluated(this ILogger logger, Exception exception, string device);

    [LoggerMessage(6, LogLevel.Debug, "Acknowledgement not sent; the broker delivers the message again and it is recognised")]
    public static partial void AcknowledgementNotSent(this ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "{Municipality}/{Device}: rule {Rule} {Transition}: {Explanation}")]
    public static partial void RuleFired(this ILogger logger, string municipality, string device, string rule, Contracts.Events.ThresholdTransition transition, string explanation);

    [LoggerMessage(8, LogLevel.Error, "Message on {Topic} could not be read; it is acknowledged and counted")]
    public static partial void MessageNotRead(this ILogger logger, Exception exception, string topic);

    [LoggerMessage(9, LogLevel.Warning, "Grains not reached to take back what they decided; their next state shows it")]
    public static partial void GrainsNotReached(this ILogger logger, Exception exception);

    [LoggerMessage(20, LogLevel.Information, "Journal read: {Points} readings that had not settled when the process ended")]
    public static partial void JournalRead(this ILogger logger, int points);

    [LoggerMessage(21, LogLevel.Information, "{Readings} readings of the first version moved into chunks")]
    public static partial void FirstVersionImported(this ILogger logger, long readings);

    [LoggerMessage(22, LogLevel.Error, "Readings of {Database} not settled, attempt {Attempt}; they are safe in the journal, trying again")]
    public static partial void NotSettled(this ILogger logger, Exception exception, string database, int attempt);

    [LoggerMessage(24, LogLevel.Warning, "No partition of its own for the readings of {Month:yyyy-MM}, they go to the last one: {Reason}")]
    public static partial void PartitionNotMade(this ILogger logger, DateTimeOffset month, string reason);

    [LoggerMessage(25, LogLevel.Warning, "Empty partitions of readings are not dropped this time: {Reason}")]
    public static partial void PartitionsNotDropped(this ILogger logger, string reason);

    [LoggerMessage(23, LogLevel.Information, "{Municipality}: {Readings} readings older than {Days} days deleted")]
    public static partial void ReadingsDeleted(this ILogger logger, string municipality, long readings, int days);

    [LoggerMessage(26, LogLevel.Warning, "{Municipality}: old readings not deleted; tried again in an hour")]
    public static partial void NotDeleted(this ILogger logger, Exception exception, string municipality);

    // 30 to 39 are of rules.
    [LoggerMessage(30, LogLevel.Error, "Zones not evaluated; the readings are stored")]
    public static partial void ZonesNotEvaluated(this ILogger logger, Exception exception);

    [LoggerMessage(31, LogLevel.Warning, "A fleet was not told of a batch; its counts may be low")]
    public static partial void FleetNotTold(this ILogger logger, Exception exception);

    [LoggerMessage(32, LogLevel.Warning, "Silent devices of {Municipality} not looked for; trying again with the next sweep")]
    public static partial void FleetNotSwept(this ILogger logger, Exception exception, string municipality);

    // 40 to 49 are of Decoding.
    [LoggerMessage(40, LogLevel.Information, "Asked the Sparkplug node {Municipality}/{Device} for its birth certificates")]
    public static partial void RebirthRequested(this ILogger logger, string municipality, string device);

    [LoggerMessage(41, LogLevel.Warning, "Could not ask the Sparkplug node {Municipality}/{Device} for its birth certificates; its next data ask again")]
    public static partial void RebirthNotRequested(this ILogger logger, Exception exception, string municipality, string device);

    // 50 to 59 are of commands and twins.
    [LoggerMessage(50, LogLevel.Information, "Downlink session {ClientId} connected to {Host}:{Port}, session present: {SessionPresent}")]
    public static partial void DownlinkConnected(this ILogger logger, string clientId, string host, int port, bool sessionPresent);

    [LoggerMessage(51, LogLevel.Warning, "Downlink session not connected to {Host}:{Port}: {Reason}; trying again in {Seconds} s")]
    public static partial void DownlinkNotConnected(this ILogger logger, string host, int port, string reason, double seconds);

    [LoggerMessage(52, LogLevel.Warning, "Commands and desired states of {Database} not sent, attempt {Attempt}; they are stored, trying again")]
    public static partial void DownlinkNotSent(this ILogger logger, Exception exception, string database, int attempt);

    [LoggerMessage(53, LogLevel.Error, "Answer of {Municipality}/{Device} not stored, attempt {Attempt}; it is not acknowledged, trying again")]
    public static partial void AnswerNotStored(this ILogger logger, Exception exception, string municipality, string device, int attempt);

    [LoggerMessage(54, LogLevel.Information, "{Municipality}/{Device}: command {Name} {CommandId} asked for, {Status}")]
    public static partial void CommandProposed(this ILogger logger, string municipality, string device, string name, string commandId, Commands.CommandStatus status);

    [LoggerMessage(55, LogLevel.Information, "{Municipality}/{Device}: command {Name} {CommandId} decided, {Status}")]
    public static partial void CommandDecided(this ILogger logger, string municipality, string device, string name, string commandId, Commands.CommandStatus status);

    [LoggerMessage(56, LogLevel.Information, "{Municipality}/{Device}: command {Name} {CommandId} ended, {Status}")]
    public static partial void CommandEnded(this ILogger logger, string municipality, string device, string name, string commandId, Commands.CommandStatus status);

    [LoggerMessage(57, LogLevel.Information, "{Municipality}/{Device}: desired state changed")]
    public static partial void TwinChanged(this ILogger logger, string municipality, string device);

    [LoggerMessage(58, LogLevel.Warning, "{Municipality}/{Device}: the broker refuses the desired state: {Reason}; trying again with the next sweep")]
    public static partial void TwinRefused(this ILogger logger, string municipality, string device, string reason);

    // 60 to 69 are of open data.
    [LoggerMessage(60, LogLevel.Warning, "{Municipality}: not seen what other replicas committed; streams show this one's readings until the next look")]
    public static partial void ReplicasNotSeen(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(61, LogLevel.Warning, "{Municipality}: receiver of {Subscription} not notified: {Fault} ({Failures} in a row)")]
    public static partial void NotNotified(this ILogger logger, string municipality, string subscription, string fault, long failures);

    [LoggerMessage(62, LogLevel.Warning, "{Municipality}: subscriptions not looked at; trying again with the next look")]
    public static partial void SubscriptionsNotRead(this ILogger logger, Exception exception, string municipality);

    [LoggerMessage(63, LogLevel.Warning, "Subscription {Subscription} is not followed: {Reason}")]
    public static partial void SubscriptionNotAllowed(this ILogger logger, string subscription, string reason);
}
