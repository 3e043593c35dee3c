using Orleans;
using SmartCity.Rules;

namespace SmartCity.Telemetry.Sensors;

/// <summary>One device, keyed <c>{municipality}/{device}</c>: the state of its rules.</summary>
public interface ISensorGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes readings into account and says what changed. The caller commits the outcome together with the readings,
    /// or calls <see cref="ForgetAsync"/> when it could not.
    /// </summary>
    Task<SensorOutcome> EvaluateAsync(SensorInput input);

    /// <summary>The newest value of each metric since the activation, from memory.</summary>
    Task<SensorReading[]> GetLatestAsync();

    /// <summary>Drops what was not committed: the next call starts from the stored state.</summary>
    Task ForgetAsync();
}

/// <summary>Readings of one device, in the order of arrival.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.SensorInput")]
public sealed record SensorInput(
    [property: Id(0)] SensorReading[] Readings,
    [property: Id(1)] DateTimeOffset Now);

/// <summary>One value at one time.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.SensorReading")]
public readonly record struct SensorReading(
    [property: Id(0)] string Metric,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] double Value);

/// <summary>What the readings changed.</summary>
/// <param name="Firings">Rule changes, oldest first.</param>
/// <param name="StateJson">The state to store, or null when it did not change.</param>
/// <param name="Version">The version that the stored state will have; it must be one less now.</param>
/// <param name="Votes">Where the rules stand that zones ask this device for: at each change, and now.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.SensorOutcome")]
public sealed record SensorOutcome(
    [property: Id(0)] SensorFiring[] Firings,
    [property: Id(1)] string? StateJson,
    [property: Id(2)] long Version,
    [property: Id(3)] SensorVote[] Votes);

/// <summary>Where one rule of one device stands.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.SensorVote")]
public readonly record struct SensorVote(
    [property: Id(0)] string RuleId,
    [property: Id(1)] ZoneVote Vote);

/// <summary>A rule's change, as it crosses the grain's border.</summary>
/// <param name="IsRaised">Raised, or else cleared.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.SensorFiring")]
public sealed record SensorFiring(
    [property: Id(0)] string RuleId,
    [property: Id(1)] string Metric,
    [property: Id(2)] bool IsRaised,
    [property: Id(3)] double Value,
    [property: Id(4)] double? Threshold,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] string Explanation);
