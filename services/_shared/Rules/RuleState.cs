using System.Runtime.InteropServices;
using Orleans;

namespace SmartCity.Rules;

/// <summary>What one rule of one device must remember over a restart.</summary>
[GenerateSerializer, Alias("SmartCity.RuleState")]
public sealed class RuleState
{
    /// <summary>Whether the rule is raised.</summary>
    [Id(0)]
    public bool IsRaised { get; set; }

    /// <summary>Since when the value is on the other side without a break, by the device's clock; null if it is not.</summary>
    [Id(1)]
    public DateTimeOffset? CrossedSince { get; set; }

    /// <summary>The moment of the newest change, by the device's clock.</summary>
    [Id(3)]
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Means of the hours that are over, oldest first; null where the rule keeps none.</summary>
    [Id(4)]
    public List<HourMean>? Hours { get; set; }
}

/// <summary>The mean of one metric in one hour.</summary>
/// <param name="Hour">Hours since 1970-01-01T00:00 in Japan.</param>
/// <param name="Mean">In the metric's unit.</param>
/// <param name="Count">Of readings.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.HourMean")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct HourMean([property: Id(0)] long Hour, [property: Id(1)] double Mean, [property: Id(2)] long Count);
