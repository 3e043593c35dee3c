namespace SmartCity.Alerts.Cap;

/// <summary>One affected area (section 3.2.4): what its polygons, circles and codes cover together.</summary>
public sealed record CapArea
{
    public required string Description { get; init; }

    /// <summary>Each closed: the last point is the first.</summary>
    public IReadOnlyList<IReadOnlyList<CapPoint>> Polygons { get; init; } = [];

    public IReadOnlyList<CapCircle> Circles { get; init; } = [];

    public IReadOnlyList<CapValue> Geocodes { get; init; } = [];

    /// <summary>Above mean sea level; the lower end where there is a ceiling.</summary>
    public decimal? AltitudeFeet { get; init; }

    /// <summary>Above mean sea level; only together with an altitude.</summary>
    public decimal? CeilingFeet { get; init; }
}

/// <summary>A disc.</summary>
public sealed record CapCircle(double LatitudeDegrees, double LongitudeDegrees, double RadiusKilometres);

/// <summary>A point of a polygon, WGS 84.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct CapPoint(double LatitudeDegrees, double LongitudeDegrees);
