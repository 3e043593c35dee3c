namespace SmartCity.Simulator;

/// <summary>
/// The level of one river: a base level, a daily swing from snow melt and dams, and a slow random walk that is pulled
/// back to the middle, plus whatever flood waves are under way. The same seed gives the same river.
/// </summary>
public sealed class RiverModel(int seed, double baseLevelMetres = 1.2)
{
    private const double DailySwingMetres = 0.06;
    private const double NoiseMetres = 0.008;
    private const double PullBack = 0.95;
    private readonly Random _random = new(seed);
    private double _drift;

    /// <summary>The wave under way, or the last one.</summary>
    public FloodWave? Wave { get; set; }

    /// <summary>The level in metres, rounded to centimetres as gauges report it. Each call moves the noise on.</summary>
    public double NextLevelMetres(DateTimeOffset time)
    {
        _drift = (_drift * PullBack) + (NoiseMetres * ((2 * _random.NextDouble()) - 1));
        // Snow melt arrives in the evening.
        var hours = time.ToOffset(TimeSpan.FromHours(9)).TimeOfDay.TotalHours;
        var daily = DailySwingMetres * Math.Sin(2 * Math.PI * (hours - 13) / 24);
        return Math.Round(Math.Max(0, baseLevelMetres + daily + _drift + (Wave?.RiseMetresAt(time) ?? 0)), 2);
    }
}
