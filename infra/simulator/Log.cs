using Microsoft.Extensions.Logging;

namespace SmartCity.Simulator;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Device} not connected: {Reason}; trying again")]
    public static partial void GaugeDisconnected(this ILogger logger, string device, string reason);

    [LoggerMessage(2, LogLevel.Information, "Flood wave of {HeightMetres} m on {Device}, peak in {Seconds} s")]
    public static partial void FloodOrdered(this ILogger logger, double heightMetres, string device, double seconds);
}
