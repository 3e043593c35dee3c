using Microsoft.AspNetCore.Mvc;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.Transit.Realtime.Publishing;
using SmartCity.Transit.Realtime.Sources;

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

        // How feeds of others are is no secret: whoever wonders why nothing is predicted finds it here.
        feeds.MapGet("/sources", SourceHandlers.List);
        // Without Accepts, which would answer strangers 415 before they are refused; what is no protobuf is refused by its content.
        feeds.MapPost("/", SourceHandlers.PushAsync)
            .RequireAuthorization(CityPolicies.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(SourceHandlers.MaximumBytes))
            .WithoutMyNumberCheck("A protobuf is no text; the texts of alerts in it are looked at when they are read.");
    }
}
