namespace SmartCity.Load.Reporting;

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured, for people.</param>
/// <param name="Key">The same for programs; the unit is part of it.</param>
/// <param name="Unit">The unit, for people.</param>
/// <param name="Rounds">What each round measured; the median counts.</param>
internal sealed record Figure(string Name, string Key, string Unit, IReadOnlyList<double> Rounds)
{
    /// <summary>The same figure of other programs, by their name, from the same run.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Peers { get; init; } = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);

    /// <summary>What is promised, in words.</summary>
    public string Target { get; init; } = "";

    public double Median => MedianOf(Rounds);

    public static double MedianOf(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
