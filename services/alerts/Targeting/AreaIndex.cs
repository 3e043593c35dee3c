using System.Text.Json;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace SmartCity.Alerts.Targeting;

/// <summary>
/// Which of many areas a place is in: a tree of their bounds (Leutenegger et al., STR packing), and in each candidate an index
/// of its edges. Built once, read by any number of threads.
/// </summary>
/// <typeparam name="T">What an area belongs to.</typeparam>
public sealed class AreaIndex<T>
{
    private static readonly GeometryFactory Factory = new();

    private readonly STRtree<Entry> _tree = new();
    private readonly List<T> _everywhere = [];

    /// <param name="areas">GeoJSON Polygon or MultiPolygon (RFC 7946), or null for everywhere; also what is neither: in doubt somebody is in it.</param>
    public AreaIndex(IEnumerable<(T Item, JsonElement? Area)> areas)
    {
        foreach (var (item, area) in areas)
        {
            if (Polygons(area) is not { Count: > 0 } polygons)
            {
                _everywhere.Add(item);
                continue;
            }

            foreach (var polygon in polygons)
            {
                _tree.Insert(polygon.EnvelopeInternal, new Entry(item, new IndexedPointInAreaLocator(polygon)));
            }
        }

        _tree.Build();
    }

    /// <summary>What the place is in, or on the edge of; each once, those that are everywhere first.</summary>
    public IReadOnlyList<T> At(double latitudeDegrees, double longitudeDegrees)
    {
        var place = new Coordinate(longitudeDegrees, latitudeDegrees);
        var found = new List<T>(_everywhere);
        foreach (var entry in _tree.Query(new Envelope(place)))
        {
            if (entry.Locator.Locate(place) != Location.Exterior && !found.Contains(entry.Item))
            {
                found.Add(entry.Item);
            }
        }

        return found;
    }

    // What makes no polygon is everywhere: in doubt somebody is in it.
    private static List<Polygon>? Polygons(JsonElement? area)
    {
        try
        {
            return Read(area);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static List<Polygon>? Read(JsonElement? area)
    {
        if (area is not { ValueKind: JsonValueKind.Object } geometry
            || !geometry.TryGetProperty("type", out var type) || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            return null;
        }

        return type.GetString() switch
        {
            "Polygon" => [PolygonOf(coordinates)],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(PolygonOf)],
            _ => null,
        };
    }

    private static Polygon PolygonOf(JsonElement rings)
    {
        var all = rings.EnumerateArray().Select(ring => Factory.CreateLinearRing([.. ring.EnumerateArray().Select(point => new Coordinate(point[0].GetDouble(), point[1].GetDouble()))])).ToList();
        return Factory.CreatePolygon(all[0], [.. all.Skip(1)]);
    }

    private sealed record Entry(T Item, IndexedPointInAreaLocator Locator);
}
