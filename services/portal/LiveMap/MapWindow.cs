using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.LiveMap;

/// <summary>What part of the town the map shows: each step halves it. Made of links, so that it needs no script.</summary>
/// <param name="Zoom">0 for the whole town.</param>
/// <param name="Centre">Null for the town's middle.</param>
public sealed record MapWindow(int Zoom, GeoPoint? Centre)
{
    public const int DeepestZoom = 6;

    public static MapWindow Of(HttpRequest request)
    {
        var query = request.Query;
        var zoom = int.TryParse(query["zoom"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, DeepestZoom) : 0;
        var place = Degrees(query["lat"], 90) is { } latitude && Degrees(query["lon"], 180) is { } longitude ? new GeoPoint(latitude, longitude) : (GeoPoint?)null;
        return zoom == 0 ? new MapWindow(0, null) : new MapWindow(zoom, place);
    }

    /// <summary>The part of the whole that is shown.</summary>
    public GeoBox BoxIn(GeoBox whole)
    {
        var centre = Centre ?? whole.Centre;
        var share = 0.5 / (1 << Zoom);
        var (height, width) = ((whole.North - whole.South) * share, (whole.East - whole.West) * share);
        return new GeoBox(centre.LatitudeDegrees - height, centre.LongitudeDegrees - width, centre.LatitudeDegrees + height, centre.LongitudeDegrees + width);
    }

    public MapWindow Zoomed(int steps, GeoBox box) => new(Math.Clamp(Zoom + steps, 0, DeepestZoom), box.Centre);

    /// <summary>Half a map to a side.</summary>
    public MapWindow Moved(double north, double east, GeoBox box) => this with
    {
        Centre = new GeoPoint(box.Centre.LatitudeDegrees + (north * (box.North - box.South) / 2), box.Centre.LongitudeDegrees + (east * (box.East - box.West) / 2)),
    };

    public string Url(string path)
    {
        if (Zoom == 0)
        {
            return path;
        }

        var query = new QueryBuilder { { "zoom", Zoom.ToString(CultureInfo.InvariantCulture) } };
        if (Centre is { } centre)
        {
            query.Add("lat", centre.LatitudeDegrees.ToString("0.#####", CultureInfo.InvariantCulture));
            query.Add("lon", centre.LongitudeDegrees.ToString("0.#####", CultureInfo.InvariantCulture));
        }

        return path + query;
    }

    private static double? Degrees(string? text, double most)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees : null;
}
