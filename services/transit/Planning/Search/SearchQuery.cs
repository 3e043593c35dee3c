using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Search;

/// <summary>A way between the place where a journey begins or ends and a stop: on foot, or by an on-demand ride.</summary>
/// <param name="Metres">On foot; 0 for a ride.</param>
/// <param name="OnDemand">Number of the on-demand ride to the caller, or -1 for a walk. Such a ride counts as one.</param>
/// <param name="EarliestPickupSeconds">The ride is to be had from this time.</param>
/// <param name="LatestPickupSeconds">And until this one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EndLeg(
    int Stop,
    int Seconds,
    int Metres,
    int OnDemand = -1,
    int EarliestPickupSeconds = -SearchQuery.Far,
    int LatestPickupSeconds = SearchQuery.Far);

/// <summary>A service day that is searched.</summary>
/// <param name="Day">Of the timetable's period.</param>
/// <param name="OffsetSeconds">Where the day's zero stands on the clock of the query: 0 for the day of the query, usually -86,400 for the day before.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SearchDay(int Day, int OffsetSeconds);

/// <summary>Which vehicles and stops a rider in a wheelchair takes.</summary>
public enum WheelchairNeed : byte
{
    None,

    /// <summary>All but those that are known not to be accessible.</summary>
    AllowUnknown,

    /// <summary>Only those that are known to be accessible.</summary>
    Required,
}

/// <summary>What is asked of the planner, on a clock in seconds after the zero of the query's day.</summary>
public sealed record SearchQuery
{
    /// <summary>Later than any time, and still added without overflow.</summary>
    internal const int Far = 500_000_000;

    public required IReadOnlyList<EndLeg> From { get; init; }

    public required IReadOnlyList<EndLeg> To { get; init; }

    public required IReadOnlyList<SearchDay> Days { get; init; }

    /// <summary>Earliest departure, or latest arrival when <see cref="ArriveBy"/>.</summary>
    public required int TimeSeconds { get; init; }

    public bool ArriveBy { get; init; }

    /// <summary>Every best journey that leaves (arrives, when <see cref="ArriveBy"/>) within this time from <see cref="TimeSeconds"/> on (back); null: only the best from that time.</summary>
    public int? WindowSeconds { get; init; }

    /// <summary>No journey takes longer.</summary>
    public int MaximumSeconds { get; init; } = 86_400;

    public int MaximumRides { get; init; } = 5;

    /// <summary>Least time from alighting to boarding, walk included.</summary>
    public int MinimumTransferSeconds { get; init; }

    public double WalkingSpeedMetresPerSecond { get; init; } = 1.2;

    public int MaximumTransferWalkMetres { get; init; } = 500;

    /// <summary>Whether a journey with less walking counts as better too; otherwise only time and transfers do.</summary>
    public bool LessWalking { get; init; } = true;

    /// <summary>
    /// How much later than the earliest of all journeys one with less walking or fewer transfers may arrive (leave earlier, when
    /// <see cref="ArriveBy"/>); null: however late. Of a window, the earliest that leaves (latest that arrives) at its end. A bound
    /// makes searches for less walking much faster; without <see cref="LessWalking"/> it is not used.
    /// </summary>
    public int? SlackSeconds { get; init; }

    /// <summary>Length of the walk without any ride, where that is near enough; journeys that are no better are left out. It is no answer itself.</summary>
    public int? DirectWalkMetres { get; init; }

    public WheelchairNeed Wheelchair { get; init; }

    /// <summary>Stops where nobody boards, alights or changes; null: none.</summary>
    public StopSet? ClosedStops { get; init; }
}

/// <summary>A set of stops, one bit each.</summary>
public sealed class StopSet(int stopCount)
{
    internal ulong[] Words { get; } = new ulong[(stopCount + 63) / 64];

    public bool Contains(int stop) => (Words[stop >> 6] & (1UL << (stop & 63))) != 0;

    public StopSet Add(int stop)
    {
        Words[stop >> 6] |= 1UL << (stop & 63);
        return this;
    }
}
