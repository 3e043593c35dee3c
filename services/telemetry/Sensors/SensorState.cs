using Orleans;
using SmartCity.Rules;

namespace SmartCity.Telemetry.Sensors;

/// <summary>
/// The stored state of a <see cref="SensorGrain"/>. When the newest reading was evaluated is not in it, or every reading
/// would change it: an activation takes it from the stored readings, which are committed together with the state.
/// </summary>
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
