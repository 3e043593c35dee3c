using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Maps;

/// <summary>Decides what a map shows and where.</summary>
internal static class MapDrawing
{
    private const double Air = 0.06;

    /// <summary>Of the circle with an area's level, and its edge.</summary>
    private const double LevelRadius = 17;

    /// <summary>About 600 m: a map of one gauge is a map of its neighbourhood.</summary>
    private const double SmallestBoxDegrees = 0.006;

    public static MapView Draw(
        Town town, IReadOnlyList<AlertView> alerts, IReadOnlyList<DeviceView> devices, IReadOnlyList<ShelterView> shelters, Visit visit)
    {
        var boundary = GeoJsonRings.Of(town.Boundary);
        var areas = alerts.Select(alert => (alert.Level, Rings: alert.Area is null ? boundary : GeoJsonRings.Of(alert.Area)))
            .Where(area => area.Rings.Count > 0).OrderBy(area => area.Level).ToList();
        var gauges = devices.Where(device => device is { LatitudeDegrees: not null, LongitudeDegrees: not null })
            .Select(device => (Place: new GeoPoint(device.LatitudeDegrees!.Value, device.LongitudeDegrees!.Value), Name: visit.Name(device.Name).ToString())).ToList();
        var places = shelters.Select(shelter => new GeoPoint(shelter.LatitudeDegrees, shelter.LongitudeDegrees)).ToList();

        var projection = new Projection(Box(town, boundary, areas.SelectMany(area => area.Rings), gauges.Select(gauge => gauge.Place), places));
        return new MapView
        {
            Width = Number(Projection.Width),
            Height = Number(projection.Height),
            Boundary = boundary.Count > 0 ? projection.Path(boundary) : null,
            Areas = [.. areas.Select(area => Area(projection, area.Level, area.Rings))],
            Gauges = [.. gauges.Where(gauge => projection.Shows(gauge.Place)).Select(gauge => Mark(projection, gauge.Place, "", gauge.Name))],
            // Numbered as in the list, also where one lies beyond the map's edge.
            Shelters = [.. shelters.Select((shelter, index) => (Place: places[index], Label: Number(index + 1), shelter.Name))
                .Where(shelter => projection.Shows(shelter.Place))
                .Select(shelter => Mark(projection, shelter.Place, shelter.Label, visit.Name(shelter.Name).ToString()))],
            Scale = MapScale.Of(projection.MetresPerUnit),
        };
    }

    /// <summary>With an alert: its area and the shelters to walk to. Without: what the lists speak of, else the whole town.</summary>
    private static GeoBox Box(
        Town town,
        IReadOnlyList<IReadOnlyList<GeoPoint>> boundary,
        IEnumerable<IReadOnlyList<GeoPoint>> areas,
        IEnumerable<GeoPoint> gauges,
        IReadOnlyList<GeoPoint> shelters)
    {
        var centre = new GeoPoint(town.LatitudeDegrees, town.LongitudeDegrees);
        var alerted = areas.SelectMany(ring => ring).ToList();
        var shown = alerted.Count > 0 ? alerted.Concat(shelters)
            : shelters.Count > 0 || boundary.Count == 0 ? gauges.Concat(shelters).Append(centre)
            : boundary.SelectMany(ring => ring);
        return GeoBox.Around(shown)!.Value.Padded(Air, SmallestBoxDegrees);
    }

    public static MapArea Area(Projection projection, int? level, IReadOnlyList<IReadOnlyList<GeoPoint>> rings)
    {
        // On the northern edge: the gauge that raised the alert is often in the middle.
        var label = projection.Project(rings[0].MaxBy(point => point.LatitudeDegrees));
        // Where the edge lies beyond the map, its level still stands on it.
        return new MapArea(
            level, projection.Path(rings), Number(Math.Clamp(label.X, LevelRadius, Projection.Width - LevelRadius)), Number(Math.Clamp(label.Y, LevelRadius, projection.Height - LevelRadius)));
    }

    private static MapMark Mark(Projection projection, GeoPoint place, string label, string name)
    {
        var at = projection.Project(place);
        return new MapMark(Number(at.X), Number(at.Y), label, name);
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
