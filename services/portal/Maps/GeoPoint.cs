using System.Runtime.InteropServices;

namespace SmartCity.Portal.Maps;

/// <summary>A place on Earth (WGS 84).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees);

/// <summary>The smallest box of latitudes and longitudes around some places. Japan does not meet the 180th meridian.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoBox(double South, double West, double North, double East)
{
    public GeoPoint Centre => new((South + North) / 2, (West + East) / 2);

    /// <summary>Null if there is no place.</summary>
    public static GeoBox? Around(IEnumerable<GeoPoint> points)
    {
        GeoBox? box = null;
        foreach (var (latitude, longitude) in points)
        {
            box = box is { } known
                ? new GeoBox(Math.Min(known.South, latitude), Math.Min(known.West, longitude), Math.Max(known.North, latitude), Math.Max(known.East, longitude))
                : new GeoBox(latitude, longitude, latitude, longitude);
        }

        return box;
    }

    /// <summary>A little air on every side, and never smaller than a street.</summary>
    public GeoBox Padded(double share, double minimumDegrees)
    {
        var latitude = Math.Max((North - South) * share, (minimumDegrees - (North - South)) / 2);
        var longitude = Math.Max((East - West) * share, (minimumDegrees - (East - West)) / 2);
        return new GeoBox(South - latitude, West - longitude, North + latitude, East + longitude);
    }
}
