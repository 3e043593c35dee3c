namespace SmartCity.Load.Reporting;

/// <summary>What share of measured values is not above.</summary>
internal static class Percentile
{
    /// <param name="values">Measured values; they are sorted in place.</param>
    /// <returns>The middle one, and the one that 99 of 100 do not exceed; 0 where nothing was measured.</returns>
    public static (double P50, double P99) Of(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? (0, 0) : (values[values.Count / 2], values[(int)(0.99 * (values.Count - 1))]);
    }
}
