using Microsoft.Extensions.Logging;

namespace SmartCity.ServiceDefaults.Problems;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The database cannot be used; the request was answered with 503")]
    public static partial void DatabaseAway(this ILogger logger, Exception exception);
}
