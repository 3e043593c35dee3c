namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>What became of a position. The names are counted in <c>smartcity.transit.positions</c>.</summary>
public enum TrackOutcome
{
    /// <summary>Matched to a run, whose predictions are new.</summary>
    Matched,

    /// <summary>The vehicle serves no run that could be told; its place is shown.</summary>
    NoTrip,

    /// <summary>The run that it names is not in the live feed version; its place is shown.</summary>
    UnknownTrip,

    /// <summary>Too far from its shape; its place is shown, and its predictions age.</summary>
    OffRoute,

    /// <summary>It is on the way of a run that it can't have begun yet; its place is shown.</summary>
    NotBegun,

    /// <summary>It is on the way of a run that nobody can still be waiting for; its place is shown.</summary>
    TooLate,

    /// <summary>It has reached the end of its run.</summary>
    Finished,

    /// <summary>Another vehicle serves the run that it would be on; its place is shown.</summary>
    TripTaken,

    /// <summary>As old as the newest position: a message that came twice. Changes nothing.</summary>
    Duplicate,

    /// <summary>Older than the newest position. Changes nothing.</summary>
    OutOfOrder,

    /// <summary>So old that it says nothing about now: sent on after a gap, or replayed. Changes nothing.</summary>
    Late,

    /// <summary>Dated ahead of the platform's clock. Changes nothing.</summary>
    Future,

    /// <summary>Further from the last position than any vehicle drives. Changes nothing until the next one says the same.</summary>
    Implausible,
}
