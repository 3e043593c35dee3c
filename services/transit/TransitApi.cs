using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Departures;
using SmartCity.Transit.Feeds;
using SmartCity.Transit.Live;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Realtime;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit;

/// <summary>Every endpoint of the service.</summary>
internal static class TransitApi
{
    public static void MapTransit(WebApplication app)
    {
        // Events from the sidecar.
        app.UseCloudEvents();
        app.MapSubscribeHandler();
        app.MapHoldings<TransitDbContext>(Holdings.CountAsync);

        var town = app.MapTownGroup(AppIds.Transit).WithTags(AppIds.Transit);
        town.MapFeeds();
        town.MapStops();
        town.MapDepartures();
        town.MapRealtime();
        town.MapVehicles();
        town.MapPlan();
    }
}
