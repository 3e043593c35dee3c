using System.Globalization;
using System.Runtime.InteropServices;

namespace SmartCity.ServiceDefaults.Geography;

/// <summary>A place on Earth (WGS 84).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    /// <summary>Mean radius (IUGG).</summary>
    public const double EarthRadiusMetres = 6_371_008.8;

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
    public double MetresTo(GeoPoint other) => Metres(LatitudeDegrees, LongitudeDegrees, other.LatitudeDegrees, other.LongitudeDegrees);

    /// <summary><see cref="MetresTo"/> for those who keep coordinates in columns.</summary>
    public static double Metres(double latitudeDegrees, double longitudeDegrees, double otherLatitudeDegrees, double otherLongitudeDegrees)
    {
        var latitude = double.DegreesToRadians(otherLatitudeDegrees - latitudeDegrees) / 2;
        var longitude = double.DegreesToRadians(otherLongitudeDegrees - longitudeDegrees) / 2;
        var half = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(double.DegreesToRadians(latitudeDegrees)) * Math.Cos(double.DegreesToRadians(otherLatitudeDegrees)) * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }
}
