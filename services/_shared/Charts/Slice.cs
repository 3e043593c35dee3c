using System.Runtime.InteropServices;

namespace SmartCity.Charts;

/// <summary>What was measured in a short span of time.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Lowest">The least value.</param>
/// <param name="Highest">The greatest value.</param>
/// <param name="Mean">Of all readings.</param>
/// <param name="Last">The newest value.</param>
/// <param name="Count">How many readings.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Slice(DateTimeOffset At, double Lowest, double Highest, double Mean, double Last, long Count)
{
    public static Slice Of(DateTimeOffset at, double value) => new(at, value, value, value, value, 1);
}
