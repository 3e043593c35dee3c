using SmartCity.Transit.Feeds.Live;

namespace SmartCity.Transit.Departures;

/// <summary>One departure as the timetable has it.</summary>
/// <param name="Trip">Index into the feed's trips.</param>
/// <param name="StopTime">Index into the feed's stop times.</param>
/// <param name="ServiceDate">The day the trip belongs to; after midnight that is yesterday.</param>
/// <param name="StartSeconds">Of a trip that runs by headway, when this run starts (GTFS-Realtime <c>start_time</c>), in seconds of the service day; null otherwise.</param>
/// <param name="Scheduled">In the agency's local time.</param>
/// <param name="HeadwaySeconds">Where riders are told the headway and no time.</param>
public sealed record Departure(LiveFeed Feed, int Trip, int StopTime, DateOnly ServiceDate, int? StartSeconds, DateTimeOffset Scheduled, int? HeadwaySeconds);

/// <summary>What a departure is, said with every one.</summary>
public enum DepartureState
{
    /// <summary>The timetable says so, and nobody measures it.</summary>
    Scheduled,

    /// <summary>Its vehicle reports where it is.</summary>
    Predicted,

    /// <summary>It does not run: shown, never hidden.</summary>
    Cancelled,

    /// <summary>Its vehicle should report and does not.</summary>
    Unconfirmed,

    /// <summary>Its vehicle has left, or nobody waits for it any more: never shown.</summary>
    Gone,
}

/// <summary>What is known of a departure beyond the timetable.</summary>
/// <param name="Predicted">When it is expected to leave.</param>
/// <param name="AgeSeconds">How old the report is.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Crowding">GTFS-Realtime <c>OccupancyStatus</c> in camelCase.</param>
/// <param name="Note">In the language that was asked for.</param>
public sealed record DepartureStatus(
    DepartureState State, DateTimeOffset? Predicted = null, double? AgeSeconds = null, double? Confidence = null, string? Crowding = null, string? Note = null, string? VehicleId = null);

/// <summary>
/// The seam by which real time changes departures. Without one, or where it answers null, a departure is scheduled.
/// </summary>
public interface IDepartureOverlay
{
    /// <summary>Changes whenever an answer about the town may change; answers are kept as long as it does not.</summary>
    long VersionOf(string municipality);

    /// <summary>How late a departure may leave and still be shown: so far back from now the timetable is asked.</summary>
    TimeSpan LongestDelay { get; }

    /// <summary>What is known of a departure, or null.</summary>
    DepartureStatus? StatusOf(string municipality, Departure departure, string language);
}

/// <summary>Nothing is known beyond the timetable.</summary>
internal sealed class TimetableOnly : IDepartureOverlay
{
    public TimeSpan LongestDelay => TimeSpan.Zero;

    public long VersionOf(string municipality) => 0;

    public DepartureStatus? StatusOf(string municipality, Departure departure, string language) => null;
}
