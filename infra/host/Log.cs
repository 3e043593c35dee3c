namespace SmartCity.Host;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Service} runs as process {ProcessId}")]
    public static partial void ServiceStarted(this ILogger logger, string service, int processId);

    [LoggerMessage(2, LogLevel.Error, "{Service} died with exit code {ExitCode}; starting it again in {Seconds} s")]
    public static partial void ServiceDied(this ILogger logger, string service, int exitCode, double seconds);

    [LoggerMessage(3, LogLevel.Warning, "{Service} did not stop in time and was killed")]
    public static partial void ServiceKilled(this ILogger logger, string service);
}
