namespace SmartCity.Authorization.Tests;

/// <summary>The routes of transit.</summary>
internal static partial class Matrix
{
    private const string OfTransit = """
        transit GET /api/{municipality}/transit/feeds                                   Open
        transit POST /api/{municipality}/transit/feeds                                  Staff
        transit GET /api/{municipality}/transit/feeds/{version}                         Open 404
        transit POST /api/{municipality}/transit/feeds/{version}/live                   Staff 404
        transit GET /api/{municipality}/transit/gtfs.zip                                Open 404
        transit HEAD /api/{municipality}/transit/gtfs.zip                               Open 404
        transit GET /api/{municipality}/transit/stops                                   Open
        transit GET /api/{municipality}/transit/stops/{id}                              Open 404
        transit GET /api/{municipality}/transit/stops.geojson                           Open
        transit GET /api/{municipality}/transit/stops/{id}/departures                   Open 404
        transit GET /api/{municipality}/transit/plan                                    Open 404
        transit GET /api/{municipality}/transit/vehicles.geojson                        Open
        transit GET /api/{municipality}/transit/gtfs-realtime/vehicle-positions         Open
        transit GET /api/{municipality}/transit/gtfs-realtime/trip-updates              Open
        transit GET /api/{municipality}/transit/gtfs-realtime/alerts                    Open
        transit GET /api/{municipality}/transit/gtfs-realtime/sources                   Open
        transit POST /api/{municipality}/transit/gtfs-realtime/                         Officer
        transit GET dapr/subscribe                                                      Inside
        transit GET /internal/holdings/{municipality}                                   Inside
        """;
}
