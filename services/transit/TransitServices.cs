using SmartCity.Contracts;
using SmartCity.Engine;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.Transit.Data;
using SmartCity.Transit.Departures;
using SmartCity.Transit.Feeds;
using SmartCity.Transit.Live;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Planning.Towns;
using SmartCity.Transit.Realtime;

namespace SmartCity.Transit;

/// <summary>Every registration of the service.</summary>
internal static class TransitServices
{
    public static void AddTransit(WebApplicationBuilder builder)
    {
        // First the database: what follows reads it when it starts.
        builder.AddCityDatabase<TransitDbContext>();
        builder.AddCityMessaging<TransitDbContext>();
        builder.AddCityExchange(AppIds.Transit);

        builder.Services.AddPlannerTowns();
        builder.Services.AddFeeds();
        builder.Services.AddLive();
        builder.Services.AddDepartures();
        builder.AddCityGrains();
        builder.AddRealtime();
        builder.Services.AddPlanning();
    }
}
