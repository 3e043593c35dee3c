using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>A way to travel, on the clock of its query.</summary>
/// <param name="Rides">Vehicles taken, on-demand rides among them; one fewer transfers.</param>
/// <param name="WalkMetres">Of all walks together.</param>
public sealed record Journey(int DepartureSeconds, int ArrivalSeconds, int Rides, int WalkMetres, IReadOnlyList<JourneyLeg> Legs);

/// <summary>A part of a journey. Where a leg ends before the next begins, the traveller waits.</summary>
/// <param name="FromStop">-1: where the journey begins.</param>
/// <param name="ToStop">-1: where it ends.</param>
public abstract record JourneyLeg(int FromStop, int ToStop, int StartSeconds, int EndSeconds);

public sealed record WalkLeg(int FromStop, int ToStop, int StartSeconds, int EndSeconds, int Metres)
    : JourneyLeg(FromStop, ToStop, StartSeconds, EndSeconds);

/// <param name="OnDemand">The caller's number of the ride (<see cref="EndLeg.OnDemand"/>).</param>
public sealed record OnDemandLeg(int FromStop, int ToStop, int StartSeconds, int EndSeconds, int OnDemand)
    : JourneyLeg(FromStop, ToStop, StartSeconds, EndSeconds);

/// <param name="Trip">As it was added.</param>
/// <param name="Day">Its service day, of the timetable's period.</param>
/// <param name="BoardCall">Index of the call where the rider boards.</param>
public sealed record RideLeg(int FromStop, int ToStop, int StartSeconds, int EndSeconds, int Trip, int Day, int BoardCall, int AlightCall)
    : JourneyLeg(FromStop, ToStop, StartSeconds, EndSeconds)
{
    /// <summary>As in the timetable; <c>StartSeconds</c> has delays worked in.</summary>
    public required int ScheduledStartSeconds { get; init; }

    public required int ScheduledEndSeconds { get; init; }

    /// <summary>Whether real time is worked in.</summary>
    public bool IsPredicted { get; init; }

    /// <summary>When to be at the stop: before <c>StartSeconds</c> where vehicles come by headway and the exact time is not known.</summary>
    public required int BeThereSeconds { get; init; }

    /// <summary>Of vehicles that come by headway without fixed times; otherwise null.</summary>
    public int? HeadwaySeconds { get; init; }

    public BoardingRule Pickup { get; init; }

    public BoardingRule DropOff { get; init; }
}
