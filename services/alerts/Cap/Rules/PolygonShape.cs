using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>Polygons on the map of longitudes and latitudes.</summary>
public static class PolygonShape
{
    private static readonly GeometryFactory Factory = new();

    /// <summary>Whether an edge is shorter across the 180th meridian than along the map: nothing that anybody warns of is half the Earth wide.</summary>
    public static bool CrossesDateLine(IReadOnlyList<CapPoint> points)
        => points.Zip(points.Skip(1)).Any(edge => Math.Abs(edge.Second.LongitudeDegrees - edge.First.LongitudeDegrees) > 180);

    /// <summary>Where a closed ring crosses or touches itself, or null: it has one inside.</summary>
    public static CapPoint? FaultOf(IReadOnlyList<CapPoint> points)
    {
        var polygon = Unwrapped(points);
        var fault = new IsValidOp(polygon).ValidationError;
        return fault is null && polygon.Area > 0 ? null
            : fault?.Coordinate is { } at ? new CapPoint(at.Y, Math.IEEERemainder(at.X, 360)) : points[0];
    }

    /// <summary>
    /// The rings as map readers want them (RFC 7946 section 3.1.9): one that crosses the 180th meridian is cut there in two.
    /// </summary>
    /// <param name="points">Closed and simple.</param>
    public static IReadOnlyList<IReadOnlyList<CapPoint>> Cut(IReadOnlyList<CapPoint> points)
    {
        if (!CrossesDateLine(points))
        {
            return [points];
        }

        var polygon = Unwrapped(points);
        return [.. Enumerable.Range(-1, 3).SelectMany(turn => Part(polygon, turn * 360.0))];
    }

    private static IEnumerable<IReadOnlyList<CapPoint>> Part(Polygon polygon, double shiftDegrees)
    {
        var world = Factory.ToGeometry(new Envelope(-180 + shiftDegrees, 180 + shiftDegrees, -90, 90));
        var part = polygon.Intersection(world);
        return Enumerable.Range(0, part.NumGeometries).Select(part.GetGeometryN).OfType<Polygon>().Where(piece => !piece.IsEmpty)
            .Select(piece => (IReadOnlyList<CapPoint>)[.. piece.ExteriorRing.Coordinates.Select(at => new CapPoint(at.Y, at.X - shiftDegrees))]);
    }

    // Longitudes without jumps: the way from point to point is the short one.
    private static Polygon Unwrapped(IReadOnlyList<CapPoint> points)
    {
        var coordinates = new Coordinate[points.Count];
        var longitude = points[0].LongitudeDegrees;
        for (var index = 0; index < points.Count; index++)
        {
            var step = points[index].LongitudeDegrees - points[Math.Max(0, index - 1)].LongitudeDegrees;
            longitude += step > 180 ? step - 360 : step < -180 ? step + 360 : step;
            coordinates[index] = new Coordinate(longitude, points[index].LatitudeDegrees);
        }

        // Around a pole the way does not come back to where it began: it has no inside on this map.
        return Math.Abs(coordinates[^1].X - coordinates[0].X) > 1e-9 ? Factory.CreatePolygon() : Closed(coordinates);
    }

    private static Polygon Closed(Coordinate[] coordinates)
    {
        // Sums of steps may differ in the last digit.
        coordinates[^1] = coordinates[0].Copy();
        return Factory.CreatePolygon(coordinates);
    }
}
