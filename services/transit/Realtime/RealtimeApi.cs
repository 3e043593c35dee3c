using SmartCity.Transit.Realtime.Publishing;

namespace SmartCity.Transit.Realtime;

/// <summary>The routes of real time, below the town's group.</summary>
internal static class RealtimeApi
{
    public static void MapRealtime(this IEndpointRouteBuilder town)
    {
        var feeds = town.MapGroup("/gtfs-realtime").WithTags("GTFS Realtime");
        feeds.MapGet("/vehicle-positions", FeedHandlers.GetVehiclePositions).Produces(StatusCodes.Status200OK, contentType: FeedHandlers.Protobuf);
        feeds.MapGet("/trip-updates", FeedHandlers.GetTripUpdates).Produces(StatusCodes.Status200OK, contentType: FeedHandlers.Protobuf);
        feeds.MapGet("/alerts", FeedHandlers.GetAlerts).Produces(StatusCodes.Status200OK, contentType: FeedHandlers.Protobuf);
    }
}
