namespace SmartCity.Transit.Vehicles;

/// <summary>Ids 430 to 444.</summary>
internal static partial class VehicleLog
{
    [LoggerMessage(430, LogLevel.Information, "Vehicle session {ClientId} connected to {Host}:{Port}, {Vehicles} vehicles followed")]
    public static partial void VehiclesFollowed(this ILogger logger, string clientId, string host, int port, int vehicles);

    [LoggerMessage(431, LogLevel.Warning, "Vehicle session not connected to {Host}:{Port}: {Reason}; departures become unconfirmed. Trying again in {Seconds} s")]
    public static partial void VehiclesNotFollowed(this ILogger logger, string host, int port, string reason, double seconds);

    [LoggerMessage(432, LogLevel.Information, "No vehicles are followed: Mqtt:UserName is not set")]
    public static partial void NoVehicleSession(this ILogger logger);

    [LoggerMessage(433, LogLevel.Warning, "Position refused from {Municipality}/{Device}: {Code}: {Message} ({Count} like this in the last minute)")]
    public static partial void PositionRefused(this ILogger logger, string municipality, string device, string code, string message, long count);

    [LoggerMessage(434, LogLevel.Error, "Position of {Municipality}/{Device} not taken into account; the next one will be")]
    public static partial void PositionNotTaken(this ILogger logger, Exception exception, string municipality, string device);
}
