using SmartCity.Transit.Vehicles.Matching;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Tests.Vehicles;

/// <summary>Lines and timetables near Uozu for tests: places are said in metres east and north of a corner.</summary>
internal static class Line
{
    public const double Latitude = 36.8;
    public const double Longitude = 137.4;
    private const double MetresPerDegree = 111_195;
    public static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>08:00 on a Wednesday.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 7, 1, 8, 0, 0, Japan);

    public static (double LatitudeDegrees, double LongitudeDegrees) Place(double eastMetres, double northMetres)
        => (Latitude + (northMetres / MetresPerDegree), Longitude + (eastMetres / MetresPerDegree / Math.Cos(Latitude * Math.PI / 180)));

    public static ShapeLine Shape(params (double East, double North)[] corners) => new([.. corners.Select(corner => Place(corner.East, corner.North))]);

    /// <summary>Due east, with a stop each kilometre and two minutes of driving between them.</summary>
    public static TripPlan Straight(string tripId = "t1", DateTimeOffset? start = null, int stops = 6, string route = "r1", string? block = null)
        => Plan(tripId, Shape((0, 0), ((stops - 1) * 1000, 0)), start ?? Morning, [.. Enumerable.Range(0, stops).Select(static stop => (stop * 1000.0, stop * 120.0))], route, block);

    /// <param name="stops">Metres along the shape, and seconds after the start.</param>
    public static TripPlan Plan(string tripId, ShapeLine shape, DateTimeOffset start, (double Metres, double Seconds)[] stops, string route = "r1", string? block = null) => new()
    {
        Key = new TripKey(tripId, start.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)),
        RouteId = route,
        BlockId = block,
        Shape = shape,
        Stops = [.. stops.Select((stop, index) => new PlannedStop($"s{index}", index + 1, stop.Metres, start + TimeSpan.FromSeconds(stop.Seconds), start + TimeSpan.FromSeconds(stop.Seconds)))],
    };

    public static PlanSet Plans(params TripPlan[] plans) => new("v1", plans, new PlanNames(
        plans.DistinctBy(static plan => plan.Key.TripId).ToDictionary(static plan => plan.Key.TripId, static plan => plan.RouteId, StringComparer.Ordinal),
        plans.Select(static plan => plan.RouteId).ToHashSet(StringComparer.Ordinal),
        new HashSet<string>(["a1"], StringComparer.Ordinal),
        plans.SelectMany(static plan => plan.Stops).Select(static stop => stop.StopId).Distinct(StringComparer.Ordinal).ToDictionary(static stop => stop, static _ => 0, StringComparer.Ordinal)));
}
