using Orleans;

namespace SmartCity.Telemetry.Rules;

/// <summary>Where one rule of one device stands.</summary>
[GenerateSerializer, Alias("SmartCity.RuleState")]
public sealed class RuleState
{
    [Id(0)]
    public bool IsRaised { get; set; }

    /// <summary>Since when the value is on the other side without a break, by the device's clock; null if it is not.</summary>
    [Id(1)]
    public DateTimeOffset? CrossedSince { get; set; }

    /// <summary>Time of the newest reading that was taken into account.</summary>
    [Id(2)]
    public DateTimeOffset? EvaluatedAt { get; set; }
}
