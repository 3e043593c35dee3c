namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Distances and walking times.</summary>
internal static class Earth
{
    private const double RadiusMetres = 6_371_009;

    /// <summary>Great-circle distance (haversine), good to half a percent.</summary>
    public static double Metres(double latitudeA, double longitudeA, double latitudeB, double longitudeB)
    {
        var latitude = Radians(latitudeB - latitudeA) / 2;
        var longitude = Radians(longitudeB - longitudeA) / 2;
        var half = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(Radians(latitudeA)) * Math.Cos(Radians(latitudeB)) * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * RadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    /// <summary>Whole seconds, rounded up, so that nobody is promised a connection by a fraction.</summary>
    public static int WalkSeconds(int metres, double walkingSpeedMetresPerSecond) => (int)Math.Ceiling(metres / walkingSpeedMetresPerSecond);

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
