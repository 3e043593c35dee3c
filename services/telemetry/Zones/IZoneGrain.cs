using Orleans;
using SmartCity.Rules;
using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.Zones;

/// <summary>One zone of a town, keyed <c>{municipality}/zone/{id}</c>: whether enough of its devices agree.</summary>
public interface IZoneGrain : IGrainWithStringKey
{
    /// <summary>Takes votes into account. The outcome is committed with the batch that caused it, as a sensor's is.</summary>
    Task<SensorOutcome> EvaluateAsync(ZoneInput input);

    /// <summary>Drops what was not committed: the next call starts from the stored state.</summary>
    Task ForgetAsync();
}

/// <summary>What devices of a zone say now.</summary>
/// <param name="Devices">Their ids.</param>
/// <param name="Votes">Their votes, in the same order.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.ZoneInput")]
public sealed record ZoneInput(
    [property: Id(0)] string[] Devices,
    [property: Id(1)] ZoneVote[] Votes);
