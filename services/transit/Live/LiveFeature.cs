using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Departures;

namespace SmartCity.Transit.Live;

/// <summary>The bridge between the timetable and real time.</summary>
internal static class LiveFeature
{
    /// <summary>After the feeds, which are loaded first, and before the departures, which else have no real time.</summary>
    public static void AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton<IDepartureOverlay, DepartureOverlay>();
        services.AddSingleton<VehicleMap>();
        services.AddHostedService<PlanKeeper>();
        services.AddSingleton<LearnedTimesKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<LearnedTimesKeeper>());
    }

    public static void MapVehicles(this IEndpointRouteBuilder town) => town.MapGet("/vehicles.geojson", GetVehicles);

    private static JsonHttpResult<VehicleCollection> GetVehicles(HttpContext http, VehicleMap map)
    {
        http.Response.Headers.CacheControl = "public, max-age=1";
        return TypedResults.Json(map.Of(http.CurrentTown().Code, RequestLanguage.Of(http)), CityJson.Options, "application/geo+json");
    }
}
