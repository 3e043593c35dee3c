namespace SmartCity.Transit.Planning.Timetables;

/// <summary>What is known, right now, of one trip on one service day. A template of frequencies can be cancelled, not delayed.</summary>
/// <param name="Trip">Index that <see cref="TimetableBuilder.AddTrip"/> returned.</param>
/// <param name="Day">The service day.</param>
public sealed record TripUpdate(int Trip, DateOnly Day)
{
    /// <summary>The trip does not run.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>By call: seconds late (negative: early) on arrival. Null, or shorter than the trip: the last one stated counts for the rest, none for the scheduled time.</summary>
    public IReadOnlyList<int>? ArrivalDelaySeconds { get; init; }

    /// <summary>By call: seconds late on departure; null as for <see cref="ArrivalDelaySeconds"/>, which then counts.</summary>
    public IReadOnlyList<int>? DepartureDelaySeconds { get; init; }

    /// <summary>Calls that are passed without stopping.</summary>
    public IReadOnlyCollection<int>? SkippedCalls { get; init; }
}
