using Orleans;
using SmartCity.Telemetry.Rules;

namespace SmartCity.Telemetry.Sensors;

/// <summary>The stored state of a <see cref="SensorGrain"/>.</summary>
[GenerateSerializer, Alias("SmartCity.SensorState")]
public sealed class SensorState
{
    /// <summary>Rises by one with every stored change; two activations can't both win.</summary>
    [Id(0)]
    public long Version { get; set; }

    /// <summary>By rule id.</summary>
    [Id(1)]
    public Dictionary<string, RuleState> Rules { get; set; } = new(StringComparer.Ordinal);
}
