namespace SmartCity.Simulator;

/// <summary>
/// A flood wave as hydrologists draw it: a steep rise to the peak and a slow recession, the gamma curve of the
/// U.S. Soil Conservation Service's unit hydrograph.
/// </summary>
/// <param name="Start">When the water begins to rise.</param>
/// <param name="HeightMetres">Rise at the peak above the level without the wave.</param>
/// <param name="TimeToPeak">From the start to the peak.</param>
public sealed record FloodWave(DateTimeOffset Start, double HeightMetres, TimeSpan TimeToPeak)
{
    /// <summary>Exponent of the curve: higher is steeper. The SCS curve is close to 3.7.</summary>
    private const double Steepness = 3.7;

    /// <summary>After this many times to the peak less than half a percent of the wave is left.</summary>
    private const double LengthInPeaks = 4;

    public DateTimeOffset End => Start + (TimeToPeak * LengthInPeaks);

    /// <summary>The rise in metres at a time.</summary>
    public double RiseMetresAt(DateTimeOffset time)
    {
        var x = (time - Start) / TimeToPeak;
        return x is <= 0 or > LengthInPeaks ? 0 : HeightMetres * Math.Pow(x * Math.Exp(1 - x), Steepness);
    }
}
