using System.Globalization;

namespace SmartCity.Portal.Maps;

/// <summary>A town map, ready to draw; coordinates are in drawing units.</summary>
public sealed record MapView
{
    public required string Width { get; init; }

    public required string Height { get; init; }

    /// <summary>SVG path of the municipality, or null if its boundary is not known.</summary>
    public string? Boundary { get; init; }

    public required IReadOnlyList<MapArea> Areas { get; init; }

    public required IReadOnlyList<MapMark> Gauges { get; init; }

    public required IReadOnlyList<MapMark> Shelters { get; init; }

    public required MapScale Scale { get; init; }
}

/// <summary>The area of an alert.</summary>
/// <param name="Level">Japanese alert level, or null where another authority's alert has none.</param>
/// <param name="Path">SVG path.</param>
/// <param name="LabelX">Where its level is written.</param>
/// <param name="LabelY">Where its level is written.</param>
public sealed record MapArea(int? Level, string Path, string LabelX, string LabelY)
{
    /// <summary>What is written on its edge.</summary>
    public string Label => Level?.ToString(CultureInfo.InvariantCulture) ?? "!";

    /// <summary>End of its style's name.</summary>
    public string Kind => Level is null ? "none" : Label;
}

/// <summary>A place.</summary>
/// <param name="X">Drawing units from the left.</param>
/// <param name="Y">Drawing units from the top.</param>
/// <param name="Label">A number that stands in the list too, or empty.</param>
/// <param name="Name">Its name in words.</param>
public sealed record MapMark(string X, string Y, string Label, string Name);
