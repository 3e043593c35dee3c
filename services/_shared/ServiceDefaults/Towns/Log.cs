using Microsoft.Extensions.Logging;

namespace SmartCity.ServiceDefaults.Towns;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Towns are those of registry version {Version}: {Changed} changed, {Removed} removed")]
    public static partial void TownsChanged(this ILogger logger, long version, int changed, int removed);

    [LoggerMessage(2, LogLevel.Warning, "The registry cannot be reached ({Reason}), attempt {Attempt}; the last known towns stay in force")]
    public static partial void RegistryNotReached(this ILogger logger, string reason, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "The towns kept in {File} cannot be used; the registry is asked instead")]
    public static partial void TownCacheNotUsed(this ILogger logger, Exception exception, string file);
}
