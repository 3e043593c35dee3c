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

    /// <summary>Who is silent and what is raised, from memory.</summary>
    Task<FleetStanding> GetStandingAsync();
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

/// <summary>What a map shows of a town.</summary>
/// <param name="Silent">Devices with a silence rule raised.</param>
/// <param name="Raised">Rules of devices and zones that are raised, of those that the town still has.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetStanding")]
public sealed record FleetStanding(
    [property: Id(0)] string[] Silent,
    [property: Id(1)] FleetChange[] Raised);

/// <summary>What dashboards show of a town.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.FleetCounts")]
public sealed record FleetCounts(
    [property: Id(0)] int Registered,
    [property: Id(1)] int Heard,
    [property: Id(2)] int Silent,
    [property: Id(3)] int RefusedInLastHour,
    [property: Id(4)] int RulesRaised,
    [property: Id(5)] DateTimeOffset AsOf);
