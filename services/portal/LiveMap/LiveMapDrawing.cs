using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Devices;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.LiveMap;

/// <summary>Decides where devices stand on the map, and with which shape.</summary>
internal static class LiveMapDrawing
{
    private const double Air = 0.06;
    private const double SmallestBoxDegrees = 0.006;

    /// <summary>One for each kind of device, around 0: told apart by form, not by colour.</summary>
    public static readonly IReadOnlyList<string> Shapes =
    [
        "M0 12L-11 -8H11Z", "M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0", "M-9 -9H9V9H-9Z", "M0 -12L12 0L0 12L-12 0Z",
        "M-11 0L-5.5 -10H5.5L11 0L5.5 10H-5.5Z", "M-4 -11H4V-4H11V4H4V11H-4V4H-11V-4H-4Z",
    ];

    /// <summary>The town with all its devices.</summary>
    public static GeoBox Whole(Town town)
    {
        var devices = town.Devices.Where(device => device is { LatitudeDegrees: not null, LongitudeDegrees: not null })
            .Select(device => new GeoPoint(device.LatitudeDegrees!.Value, device.LongitudeDegrees!.Value));
        var shown = GeoJsonRings.Of(town.Boundary).SelectMany(ring => ring).Concat(devices).Append(new GeoPoint(town.LatitudeDegrees, town.LongitudeDegrees));
        return GeoBox.Around(shown)!.Value.Padded(Air, SmallestBoxDegrees);
    }

    public static LiveMapPicture Draw(Town town, GeoBox box, IReadOnlyList<DeviceView> devices, IReadOnlyList<AlertView> alerts)
    {
        var projection = new Projection(box);
        var kinds = KindWords.Of(town);
        var boundary = GeoJsonRings.Of(town.Boundary);
        var areas = alerts.Where(alert => alert.IsActual).Select(alert => (alert.Level, Rings: alert.Area is null ? boundary : GeoJsonRings.Of(alert.Area)))
            .Where(area => area.Rings.Count > 0).OrderBy(area => area.Level);
        var marks = devices.Select((device, index) => (Device: device, Number: index + 1))
            .Where(entry => entry.Device is { LatitudeDegrees: not null, LongitudeDegrees: not null })
            .Select(entry => (entry.Device, entry.Number, Place: new GeoPoint(entry.Device.LatitudeDegrees!.Value, entry.Device.LongitudeDegrees!.Value)))
            .Where(entry => projection.Shows(entry.Place));
        return new LiveMapPicture(
            Number(Projection.Width), Number(projection.Height),
            boundary.Count > 0 ? projection.Path(boundary) : null,
            [.. areas.Select(area => MapDrawing.Area(projection, area.Level, area.Rings))],
            // What needs eyes is drawn last, above the others.
            [.. marks.Reverse().Select(entry => Mark(projection.Project(entry.Place), entry.Device, entry.Number, kinds))],
            kinds, MapScale.Of(projection.MetresPerUnit));
    }

    public static string StateOf(DeviceView device)
        => device.RaisedRules.Count > 0 ? "raised" : device.SilentSince is not null || device.LastSeen is null ? "silent" : "normal";

    public static int ShapeOf(IReadOnlyList<string> kinds, string kind)
        => Math.Max(0, kinds.TakeWhile(known => known != kind).Count()) % Shapes.Count;

    private static DeviceMark Mark(DrawingPoint at, DeviceView device, int number, IReadOnlyList<string> kinds)
        => new(Number(at.X), Number(at.Y), ShapeOf(kinds, device.Kind), StateOf(device), number, device.Id);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
