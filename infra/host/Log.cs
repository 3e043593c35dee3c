namespace SmartCity.Host;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Service} runs as process {ProcessId}")]
    public static partial void ServiceStarted(this ILogger logger, string service, int processId);

    [LoggerMessage(2, LogLevel.Error, "{Service} died with exit code {ExitCode}; starting it again in {Seconds} s")]
    public static partial void ServiceDied(this ILogger logger, string service, int exitCode, double seconds);

    [LoggerMessage(3, LogLevel.Warning, "{Service} did not stop in time and was killed")]
    public static partial void ServiceKilled(this ILogger logger, string service);

    [LoggerMessage(10, LogLevel.Warning, "The registry's device keys can't be followed ({Reason}); the last known stay in force, tried {Failures} times")]
    public static partial void KeysNotFollowed(this ILogger logger, string reason, int failures);

    [LoggerMessage(11, LogLevel.Warning, "The file of the last known device keys can't be used; without the registry no device will be let in after the next start")]
    public static partial void KeyCacheNotUsed(this ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Information, "{UserName} was dropped from the broker: its key is {Why}")]
    public static partial void DeviceDropped(this ILogger logger, string userName, string why);

    [LoggerMessage(13, LogLevel.Error, "{UserName} could not be dropped from the broker, though its key is good no more")]
    public static partial void DeviceNotDropped(this ILogger logger, Exception exception, string userName);
}
