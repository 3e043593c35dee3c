using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.LiveMap;

/// <summary>A town's devices on a map, and the same in a list.</summary>
/// <param name="Window">What part is shown.</param>
/// <param name="Box">The same in degrees.</param>
/// <param name="Devices">Those that are shown: raised first, then silent, then all others; what could not be read is empty.</param>
/// <param name="Total">How many devices stand in this part.</param>
/// <param name="Unplaced">Devices of the town that have no place.</param>
public sealed record LiveMapView(
    Town Town, MapWindow Window, GeoBox Box, Outcome Outcome, IReadOnlyList<DeviceView> Devices, int Total, int Unplaced, LiveMapPicture Picture)
{
    /// <summary>The event of telemetry's stream that tells of new readings.</summary>
    public const string Events = "reading";

    public string Path => $"/{Town.Code}/map";
}

/// <summary>The map itself, in drawing units.</summary>
public sealed record LiveMapPicture(string Width, string Height, string? Boundary, IReadOnlyList<MapArea> Areas, IReadOnlyList<DeviceMark> Marks, IReadOnlyList<string> Kinds, MapScale Scale)
{
    /// <summary>More would lie on each other with their numbers: then they are small, and only what needs eyes has its number.</summary>
    private const int MostNumbered = 25;

    public bool IsCrowded => Marks.Count > MostNumbered;

    public bool HasNumber(DeviceMark mark) => !IsCrowded || mark.State == "raised";
}

/// <summary>A device on the map.</summary>
/// <param name="Shape">Number of its kind's shape.</param>
/// <param name="State"><c>raised</c>, <c>silent</c> or <c>normal</c>.</param>
/// <param name="Number">In the list.</param>
public sealed record DeviceMark(string X, string Y, int Shape, string State, int Number, string Id);
