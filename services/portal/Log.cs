namespace SmartCity.Portal;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{AppId} did not answer {Path}: {Reason}; the page says what is missing")]
    public static partial void BackendUnreachable(this ILogger logger, string appId, string path, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A sign-in of staff came to nothing: {Reason}")]
    public static partial void SignInFailed(this ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "The page at {Path} could not be shown")]
    public static partial void PageFailed(this ILogger logger, string path, Exception exception);
}
