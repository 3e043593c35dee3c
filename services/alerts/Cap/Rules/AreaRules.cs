namespace SmartCity.Alerts.Cap.Rules;

/// <summary>Areas (section 3.2.4).</summary>
internal static class AreaRules
{
    /// <summary>Half of the Earth's circumference: a larger disc is the whole Earth.</summary>
    private const double LargestRadiusKilometres = 20_038;

    public static void Check(CapArea area, string place, CapNotices notices)
    {
        if (string.IsNullOrWhiteSpace(area.Description))
        {
            notices.Error("element-missing", $"{place}.areaDesc", null, "'areaDesc' is required and not there.");
        }

        TextRules.Check(notices, ($"{place}.areaDesc", area.Description));
        ResourceRules.Values(area.Geocodes, $"{place}.geocode", notices);
        for (var index = 0; index < area.Polygons.Count; index++)
        {
            Polygon(area.Polygons[index], $"{place}.polygon[{index}]", notices);
        }

        for (var index = 0; index < area.Circles.Count; index++)
        {
            Circle(area.Circles[index], $"{place}.circle[{index}]", notices);
        }

        if (area is { CeilingFeet: not null, AltitudeFeet: null })
        {
            notices.Error("ceiling-without-altitude", $"{place}.ceiling", null, "'ceiling' needs an 'altitude' below it.");
        }
        else if (area.CeilingFeet < area.AltitudeFeet)
        {
            notices.Error("ceiling-below-altitude", $"{place}.ceiling", null, "'ceiling' is below 'altitude'.");
        }
    }

    private static void Polygon(IReadOnlyList<CapPoint> points, string place, CapNotices notices)
    {
        if (notices.Failed(place))
        {
            return;
        }

        var outside = points.FirstOrDefault(point => !IsOnEarth(point.LatitudeDegrees, point.LongitudeDegrees), new CapPoint(0, 0));
        if (outside != new CapPoint(0, 0))
        {
            notices.Error("coordinate-out-of-range", place, Text(outside), "Latitudes are -90 to 90 and longitudes -180 to 180; the latitude comes first.");
        }
        else if (points.Count < 4)
        {
            notices.Error("polygon-too-few-points", place, null, $"A polygon has at least 4 points, of which the last is the first; this one has {points.Count}.");
        }
        else if (points[0] != points[^1])
        {
            notices.Error("polygon-not-closed", place, Text(points[^1]), $"The last point of a polygon must be its first, {Text(points[0])}.");
        }
        else if (PolygonShape.FaultOf(points) is { } fault)
        {
            notices.Error("polygon-not-simple", place, Text(fault), "The polygon crosses or touches itself, or has no inside: nobody could say who is in it.");
        }
        else if (PolygonShape.CrossesDateLine(points))
        {
            notices.Warn("polygon-crosses-date-line", place, null, "The polygon is read as crossing the 180th meridian, the short way from point to point. It is cut there for maps.");
        }
    }

    private static void Circle(CapCircle circle, string place, CapNotices notices)
    {
        if (!IsOnEarth(circle.LatitudeDegrees, circle.LongitudeDegrees))
        {
            notices.Error("coordinate-out-of-range", place, Text(new CapPoint(circle.LatitudeDegrees, circle.LongitudeDegrees)), "Latitudes are -90 to 90 and longitudes -180 to 180; the latitude comes first.");
        }
        else if (circle.RadiusKilometres is not (>= 0 and <= LargestRadiusKilometres))
        {
            notices.Error("radius-out-of-range", place, CapInfoWriter.Number(circle.RadiusKilometres), $"A radius is 0 to {LargestRadiusKilometres:0} kilometres.");
        }
    }

    private static bool IsOnEarth(double latitudeDegrees, double longitudeDegrees)
        => latitudeDegrees is >= -90 and <= 90 && longitudeDegrees is >= -180 and <= 180;

    private static string Text(CapPoint point) => $"{CapInfoWriter.Number(point.LatitudeDegrees)},{CapInfoWriter.Number(point.LongitudeDegrees)}";
}
