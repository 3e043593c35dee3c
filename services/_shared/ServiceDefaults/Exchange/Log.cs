using Microsoft.Extensions.Logging;

namespace SmartCity.ServiceDefaults.Exchange;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The registry could not be asked for grants; nobody acts for anybody until it answers")]
    public static partial void GrantsNotKnown(this ILogger logger, Exception exception);
}
