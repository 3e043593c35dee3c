using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Issuing;

/// <summary>Where an alert holds: discs around its devices, or the whole municipality.</summary>
/// <param name="RadiusMetres">Radius of the largest disc, or null for the whole municipality.</param>
/// <param name="Circles">The discs for CAP.</param>
/// <param name="GeoJson">The discs as a GeoJSON (Multi)Polygon (GeoJSON has no circles), or null for the whole municipality.</param>
public sealed record AlertArea(double? RadiusMetres, IReadOnlyList<CapCircle> Circles, JsonElement? GeoJson)
{
    public static readonly AlertArea WholeTown = new(null, [], null);

    private const int CirclePoints = 48;

    /// <param name="device">As registered; its position wins over the event's.</param>
    public static AlertArea Around(Device? device, double? eventLatitudeDegrees, double? eventLongitudeDegrees)
    {
        var latitude = device?.LatitudeDegrees ?? eventLatitudeDegrees;
        var longitude = device?.LongitudeDegrees ?? eventLongitudeDegrees;
        return device?.AlertRadiusMetres is { } radius && latitude is { } latitudeDegrees && longitude is { } longitudeDegrees
            ? Of([new Disc(latitudeDegrees, longitudeDegrees, radius)])
            : WholeTown;
    }

    /// <summary>A zone's own circle, or what the alerts of its devices concern together: the whole municipality where one of them concerns it.</summary>
    public static AlertArea Of(Town town, ZoneRule zone)
    {
        if (zone is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude, RadiusMetres: { } radius })
        {
            return Of([new Disc(latitude, longitude, radius)]);
        }

        var members = ZoneMembers.Of(town, zone);
        var discs = members.Where(device => device is { LatitudeDegrees: not null, LongitudeDegrees: not null, AlertRadiusMetres: not null })
            .Select(device => new Disc(device.LatitudeDegrees!.Value, device.LongitudeDegrees!.Value, device.AlertRadiusMetres!.Value))
            .ToList();
        return discs.Count > 0 && discs.Count == members.Count ? Of(discs) : WholeTown;
    }

    /// <summary>The area as a message of the chain already carries it.</summary>
    public static AlertArea From(JsonElement? geoJson) => new(null, [], geoJson);

    /// <summary>The CAP area: the disc, else the polygon the messages before carried, else the town's boundary where known.</summary>
    public CapArea ToCap(Town town, string description) => new()
    {
        Description = description,
        Circles = Circles,
        Polygons = Circles.Count == 0 ? GeoJsonRings.Outer(GeoJson ?? town.Boundary) : [],
        // The code stands for the whole municipality, so a smaller area must not carry it.
        Geocodes = GeoJson is null ? [new CapValue("jp:LocalGovernmentCode", town.Code)] : [],
    };

    /// <summary>One disc.</summary>
    public static AlertArea Of(CapCircle circle) => Of([new Disc(circle.LatitudeDegrees, circle.LongitudeDegrees, circle.RadiusKilometres * 1000)]);

    /// <summary>A disc as a closed ring.</summary>
    internal static IReadOnlyList<CapPoint> RingOf(CapCircle circle)
        => new Disc(circle.LatitudeDegrees, circle.LongitudeDegrees, circle.RadiusKilometres * 1000).Ring();

    private static AlertArea Of(IReadOnlyList<Disc> discs) => new(
        discs.Max(disc => disc.RadiusMetres),
        [.. discs.Select(disc => new CapCircle(disc.LatitudeDegrees, disc.LongitudeDegrees, disc.RadiusMetres / 1000))],
        GeoJsonRings.From([.. discs.Select(disc => disc.Ring())]));

    private sealed record Disc(double LatitudeDegrees, double LongitudeDegrees, double RadiusMetres)
    {
        // Good enough for radii of a few kilometres away from the poles: degrees scaled by latitude.
        public IReadOnlyList<CapPoint> Ring()
        {
            var latitudeRadius = RadiusMetres / GeoPoint.EarthRadiusMetres * 180 / Math.PI;
            var longitudeRadius = latitudeRadius / Math.Max(Math.Cos(LatitudeDegrees * Math.PI / 180), 0.01);
            return [.. Enumerable.Range(0, CirclePoints + 1).Select(index =>
            {
                var angle = 2 * Math.PI * (index % CirclePoints) / CirclePoints;
                return new CapPoint(
                    Math.Round(Math.Clamp(LatitudeDegrees + (latitudeRadius * Math.Sin(angle)), -90, 90), 6),
                    Math.Round(Wrapped(LongitudeDegrees + (longitudeRadius * Math.Cos(angle))), 6));
            })];
        }

        // Behind the 180th meridian it goes on from the other side.
        private static double Wrapped(double longitudeDegrees) => longitudeDegrees is >= -180 and <= 180 ? longitudeDegrees : Math.IEEERemainder(longitudeDegrees, 360);
    }
}
