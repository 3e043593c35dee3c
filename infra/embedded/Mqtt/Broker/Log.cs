using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Mqtt.Broker;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "MQTT broker listens on {EndPoint}; {Sessions} sessions and {Retained} retained messages restored.")]
    public static partial void Started(ILogger logger, string endPoint, int sessions, int retained);

    [LoggerMessage(2, LogLevel.Warning, "The end of the journal in {Directory} was cut off by {Bytes} bytes that a former process had not finished; they are kept beside it.")]
    public static partial void TornJournal(ILogger logger, string directory, long bytes);

    [LoggerMessage(3, LogLevel.Debug, "Refused {ClientId} ({UserName}) with 0x{ReasonCode:X2} for {Topic}: {Text}")]
    public static partial void Refused(ILogger logger, string clientId, string? userName, byte reasonCode, string? topic, string text);

    [LoggerMessage(4, LogLevel.Debug, "Connection {ClientId} from {EndPoint} ended: {Reason}")]
    public static partial void Disconnected(ILogger logger, string clientId, string endPoint, string reason);

    [LoggerMessage(5, LogLevel.Error, "The authenticator failed for {ClientId}; the client is told that the server is unavailable.")]
    public static partial void AuthenticatorFailed(ILogger logger, Exception exception, string clientId);

    [LoggerMessage(6, LogLevel.Error, "The broker could not write its journal; publishes that need it are refused until it can.")]
    public static partial void JournalFailed(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "An error in the broker ended the connection of {ClientId}.")]
    public static partial void ConnectionFailed(ILogger logger, Exception exception, string clientId);

    [LoggerMessage(8, LogLevel.Warning, "The broker does not accept connections for the moment.")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "A last will of {ClientId} on {Topic} was not published: {Text}")]
    public static partial void WillNotPublished(ILogger logger, string clientId, string topic, string text);

    [LoggerMessage(10, LogLevel.Information, "The journal of {Before} bytes is being rewritten to what is still needed ({Live} bytes of messages).")]
    public static partial void Compacting(ILogger logger, long before, long live);

    [LoggerMessage(11, LogLevel.Error, "The broker's housekeeping failed; it goes on at the next tick.")]
    public static partial void HousekeepingFailed(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "Connection from {EndPoint} closed at once: {Count} are open, which is the limit.")]
    public static partial void TooManyConnections(ILogger logger, string endPoint, int count);

    [LoggerMessage(13, LogLevel.Debug, "The handshake of {EndPoint} did not finish: {Text}")]
    public static partial void HandshakeFailed(ILogger logger, string endPoint, string text);
}
