using Orleans;

namespace SmartCity.Telemetry.Fleet;

/// <summary>All devices of one town, keyed by its municipality: who was heard when, who is silent, what is raised.</summary>
public interface IFleetGrain : IGrainWithStringKey
{
    /// <summary>What a batch says of the town's devices.</summary>
    Task ReportAsync(FleetReport report);

    /// <summary>Looks for devices that fell silent, or speak again, and tells of them.</summary>
    /// <param name="listeningSince">Since when ingest has been connected without a break: nobody can be heard before.</param>
    Task SweepAsync(DateTimeOffset listeningSince);

    /// <summary>Counts, from memory.</summary>
    /// <param name="heardWithin">How recently a device must have been heard.</param>
    Task<FleetCounts> CountAsync(TimeSpan heardWithin);

    /// <summary>What is raised and who is silent, from memory.</summary>
    Task<FleetStanding> StandingAsync();
}

/// <summary>What a batch says of a town's devices.</summary>
/// <param name="At">By the platform's clock.</param>
/// <param name="Heard">Devices with an accepted reading.</param>
/// <param name="Refused">Messages with something refused.</param>
/// <param name="Changes">Rules that were raised or cleared.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetReport")]
public sealed record FleetReport(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string[] Heard,
    [property: Id(2)] int Refused,
    [property: Id(3)] FleetChange[] Changes);

/// <summary>A rule of a device or zone that was raised or cleared.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetChange")]
public readonly record struct FleetChange(
    [property: Id(0)] string Subject,
    [property: Id(1)] string RuleId,
    [property: Id(2)] bool IsRaised);

/// <summary>What dashboards show of a town.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetCounts")]
public sealed record FleetCounts(
    [property: Id(0)] int Registered,
    [property: Id(1)] int Heard,
    [property: Id(2)] int Silent,
    [property: Id(3)] int RefusedInLastHour,
    [property: Id(4)] int RulesRaised,
    [property: Id(5)] DateTimeOffset AsOf);

/// <summary>What is not as usual in a town.</summary>
/// <param name="Raised">Rules that are raised.</param>
/// <param name="Silent">Devices with a silence rule raised.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetStanding")]
public sealed record FleetStanding(
    [property: Id(0)] FleetChange[] Raised,
    [property: Id(1)] FleetSilence[] Silent);

/// <summary>A silent device.</summary>
/// <param name="Since">When it was last heard, as far as its rule knows.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetSilence")]
public readonly record struct FleetSilence(
    [property: Id(0)] string Device,
    [property: Id(1)] DateTimeOffset Since);
