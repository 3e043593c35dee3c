using Orleans;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>When a vehicle is expected at one stop.</summary>
/// <param name="StopIndex">Place in the plan's stops.</param>
/// <param name="UncertaintySeconds">About half of the width in which the truth is expected to lie.</param>
/// <param name="IsLearned">Whether the way to this stop was predicted by what vehicles took, and not by the timetable.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.StopPrediction")]
public readonly record struct StopPrediction(
    [property: Id(0)] int StopIndex,
    [property: Id(1)] DateTimeOffset Arrival,
    [property: Id(2)] DateTimeOffset Departure,
    [property: Id(3)] double UncertaintySeconds,
    [property: Id(4)] bool IsLearned);
