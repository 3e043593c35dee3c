namespace SmartCity.Transit.Planning.Timetables;

/// <summary>How long walks take.</summary>
internal static class Walking
{
    /// <summary>Whole seconds, rounded up, so that nobody is promised a connection by a fraction.</summary>
    public static int Seconds(int metres, double walkingSpeedMetresPerSecond) => (int)Math.Ceiling(metres / walkingSpeedMetresPerSecond);
}
