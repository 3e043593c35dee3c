using System.Text.Json;
using NetTopologySuite.Geometries;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Cap.Rules;
using SmartCity.Alerts.Issuing;

namespace SmartCity.Alerts.Import;

/// <summary>The area of a message of others as GeoJSON, for maps and for who is in it.</summary>
internal static class ForeignArea
{
    /// <summary>More would make the message of every open page too long.</summary>
    private const int MostPoints = 4000;

    private const double LargestRadiusKilometres = 1000;

    /// <returns>
    /// A Polygon or MultiPolygon, or null where an area is given by codes or words only: it then stands for the whole municipality,
    /// for which it was handed in.
    /// </returns>
    public static JsonElement? Of(CapAlert alert)
    {
        var areas = alert.Info.SelectMany(info => info.Areas).ToList();
        if (areas.Count == 0 || areas.Exists(area => area is { Polygons.Count: 0, Circles.Count: 0 } || area.Circles.Any(IsTooLarge)))
        {
            return null;
        }

        // The blocks of all languages have the same shapes.
        var rings = areas.SelectMany(area => area.Polygons).SelectMany(PolygonShape.Cut)
            .Concat(areas.SelectMany(area => area.Circles).Where(circle => circle.RadiusKilometres > 0).Select(AlertArea.RingOf).SelectMany(PolygonShape.Cut))
            .DistinctBy(ring => string.Join(' ', ring))
            .ToList();
        if (rings.Sum(ring => ring.Count) > MostPoints)
        {
            rings = [.. rings.Select(ring => Hull(ring))];
        }

        // A thousand circles are their own hulls.
        return rings.Count == 0 ? null : GeoJsonRings.From(rings.Sum(ring => ring.Count) > MostPoints ? [Hull(rings.SelectMany(ring => ring))] : rings);
    }

    // No map of a town shows its edge, and around a pole it would have none.
    private static bool IsTooLarge(CapCircle circle)
        => circle.RadiusKilometres > LargestRadiusKilometres || Math.Abs(circle.LatitudeDegrees) + (circle.RadiusKilometres / 111) > 89;

    // Whoever is in the ring is in its hull: simpler, and nobody is left out.
    private static IReadOnlyList<CapPoint> Hull(IEnumerable<CapPoint> ring)
    {
        var points = new MultiPoint([.. ring.Select(point => new Point(point.LongitudeDegrees, point.LatitudeDegrees))]);
        return [.. points.ConvexHull().Coordinates.Select(at => new CapPoint(at.Y, at.X))];
    }
}
