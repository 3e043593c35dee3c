using SmartCity.Transit.Departures;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Live;

/// <summary>The vehicles of a town as GeoJSON (RFC 7946), for maps: those that were heard within the bound, and no others.</summary>
internal sealed class VehicleMap(RealtimeBoard boards, TownPlans plans, TimeProvider clock)
{
    public VehicleCollection Of(string municipality, string language)
    {
        var now = clock.GetUtcNow();
        var live = plans.Of(municipality) as LivePlans;
        return new VehicleCollection("FeatureCollection", now,
            [.. boards.Of(municipality).Current.Vehicles.Values
                .Where(vehicle => now - vehicle.At <= boards.SilentAfter)
                .OrderBy(static vehicle => vehicle.Id, StringComparer.Ordinal)
                .Select(vehicle => FeatureOf(vehicle, live, now, language))]);
    }

    private static VehicleFeature FeatureOf(VehicleState vehicle, LivePlans? live, DateTimeOffset now, string language)
    {
        var trip = vehicle.Trip is { } key ? live?.TripOf(key.TripId) : null;
        var names = trip is { } known ? DepartureWords.NamesOf(known.Feed.Feed, known.Trip, language) : ((string Route, string Headsign)?)null;
        return new VehicleFeature("Feature", vehicle.Id, new VehiclePoint("Point", [vehicle.LongitudeDegrees, vehicle.LatitudeDegrees]), new VehicleView(
            vehicle.Id, vehicle.Label, vehicle.RouteId, names?.Route, vehicle.Trip?.TripId, vehicle.Trip?.StartDate, names?.Headsign, vehicle.BearingDegrees, vehicle.SpeedMetresPerSecond,
            Math.Max(0, Math.Round((now - vehicle.At).TotalSeconds)), DepartureOverlay.CrowdingOf(vehicle.Occupancy), vehicle.OffRouteSince is not null));
    }
}

/// <param name="AsOf">When this was put together.</param>
public sealed record VehicleCollection(string Type, DateTimeOffset AsOf, IReadOnlyList<VehicleFeature> Features);

public sealed record VehicleFeature(string Type, string Id, VehiclePoint Geometry, VehicleView Properties);

/// <param name="Coordinates">Longitude and latitude in degrees (WGS 84).</param>
public sealed record VehiclePoint(string Type, double[] Coordinates);

/// <summary>One vehicle.</summary>
/// <param name="Label">What is written on it.</param>
/// <param name="Route">What riders call its route.</param>
/// <param name="BearingDegrees">Clockwise from north.</param>
/// <param name="AgeSeconds">Of its position.</param>
/// <param name="Occupancy">GTFS Realtime <c>OccupancyStatus</c> in camelCase.</param>
/// <param name="IsOffRoute">Further from its way than the bound.</param>
public sealed record VehicleView(
    string Id, string? Label, string? RouteId, string? Route, string? TripId, string? ServiceDate, string? Headsign, double? BearingDegrees, double? SpeedMetresPerSecond,
    double AgeSeconds, string? Occupancy, bool IsOffRoute);
