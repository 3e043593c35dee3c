using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Realtime.Reading;

/// <summary>Configuration section <c>Realtime:Reading</c>.</summary>
public sealed record ReaderOptions
{
    /// <summary>A larger message is not read.</summary>
    [Range(1_024, 256 * 1024 * 1024)]
    public int MostBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>A message with more entities is not read.</summary>
    [Range(1, 1_000_000)]
    public int MostEntities { get; init; } = 50_000;

    /// <summary>A header that is older is warned of (W008): readers can't tell it from a feed that died.</summary>
    [Range(1, 3_600)]
    public double OldAfterSeconds { get; init; } = 65;

    /// <summary>A time further ahead than this is in the future (E050).</summary>
    [Range(0, 3_600)]
    public double FutureToleranceSeconds { get; init; } = 60;

    /// <summary>No bus is later than this and still the same run.</summary>
    [Range(60, 86_400)]
    public double MostDelaySeconds { get; init; } = 6 * 3_600;
}
