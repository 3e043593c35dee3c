using System.Globalization;

namespace SmartCity.Transit.Stops;

/// <summary>A place on Earth.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Reads <c>36.82,137.40</c>: latitude, then longitude, in degrees.</summary>
    public static bool TryParse(string text, out GeoPoint point)
    {
        point = default;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0
            || !double.TryParse(text.AsSpan(0, comma), NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            || !double.TryParse(text.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude))
        {
            return false;
        }

        point = new GeoPoint(latitude, longitude);
        return point.IsOnEarth;
    }

    public bool IsOnEarth => LatitudeDegrees is >= -90 and <= 90 && LongitudeDegrees is >= -180 and <= 180;

    /// <summary>Great-circle distance (haversine), good to half a percent.</summary>
    public double MetresTo(GeoPoint other)
    {
        var latitude = Radians(other.LatitudeDegrees - LatitudeDegrees) / 2;
        var longitude = Radians(other.LongitudeDegrees - LongitudeDegrees) / 2;
        var half = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(Radians(LatitudeDegrees)) * Math.Cos(Radians(other.LatitudeDegrees)) * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
