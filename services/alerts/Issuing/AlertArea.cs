using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Issuing;

/// <summary>Where an alert holds: a disc around its device, or the whole municipality.</summary>
/// <param name="RadiusMetres">Radius of the disc, or null for the whole municipality.</param>
/// <param name="Circle">The disc for CAP.</param>
/// <param name="GeoJson">The disc as a GeoJSON polygon (GeoJSON has no circles), or null for the whole municipality.</param>
public sealed record AlertArea(double? RadiusMetres, CapCircle? Circle, JsonElement? GeoJson)
{
    public static readonly AlertArea WholeTown = new(null, null, null);

    private const int CirclePoints = 48;
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <param name="device">As registered; its position wins over the event's.</param>
    public static AlertArea Around(Device? device, double? eventLatitudeDegrees, double? eventLongitudeDegrees)
    {
        var latitude = device?.LatitudeDegrees ?? eventLatitudeDegrees;
        var longitude = device?.LongitudeDegrees ?? eventLongitudeDegrees;
        return device?.AlertRadiusMetres is { } radius && latitude is { } latitudeDegrees && longitude is { } longitudeDegrees
            ? new AlertArea(radius, new CapCircle(latitudeDegrees, longitudeDegrees, radius / 1000), Disc(latitudeDegrees, longitudeDegrees, radius))
            : WholeTown;
    }

    /// <summary>The area as a message of the chain already carries it.</summary>
    public static AlertArea From(JsonElement? geoJson) => new(null, null, geoJson);

    /// <summary>The CAP area: the disc, else the polygon the messages before carried, else the town's boundary where known.</summary>
    public CapArea ToCap(Town town, string description) => new()
    {
        Description = description,
        Circles = Circle is null ? [] : [Circle],
        Polygons = Circle is null ? GeoJsonRings.Outer(GeoJson ?? town.Boundary) : [],
        // The code stands for the whole municipality, so a smaller area must not carry it.
        Geocodes = GeoJson is null ? [new CapValue("jp:LocalGovernmentCode", town.Code)] : [],
    };

    // Good enough for radii of a few kilometres away from the poles: degrees scaled by latitude.
    private static JsonElement Disc(double latitudeDegrees, double longitudeDegrees, double radiusMetres)
    {
        var latitudeRadius = radiusMetres / EarthRadiusMetres * 180 / Math.PI;
        var longitudeRadius = latitudeRadius / Math.Cos(latitudeDegrees * Math.PI / 180);
        var ring = Enumerable.Range(0, CirclePoints + 1).Select(index =>
        {
            var angle = 2 * Math.PI * (index % CirclePoints) / CirclePoints;
            return new[]
            {
                Math.Round(longitudeDegrees + (longitudeRadius * Math.Cos(angle)), 6),
                Math.Round(latitudeDegrees + (latitudeRadius * Math.Sin(angle)), 6),
            };
        });
        return JsonSerializer.SerializeToElement(new { type = "Polygon", coordinates = new[] { ring.ToArray() } });
    }
}
