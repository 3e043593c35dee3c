namespace SmartCity.Transit.Planning.Timetables;

/// <summary>
/// A feed as the planner reads it: flat arrays, never changed once built. A <em>pattern</em> is a list of stops with the trips that serve
/// just these in this order under the same boarding rules and never overtake one another. A <em>slot</em> is a trip's place in its pattern.
/// Times of a trip are its base and a <em>profile</em> of two numbers (arrival, departure) a call, which trips of equal running times share.
/// </summary>
public sealed class Timetable
{
    internal Timetable(TimetableParts parts) => Parts = parts;

    internal TimetableParts Parts { get; }

    /// <summary>The first day of the period.</summary>
    public DateOnly FirstDay => Parts.FirstDay;

    /// <summary>Days in the period.</summary>
    public int DayCount => Parts.DayCount;

    public int StopCount => Parts.StopCount;

    /// <summary>Trips as they were added, templates of frequencies among them.</summary>
    public int TripCount => Parts.TripSlots.Length;

    public int PatternCount => Parts.PatternCount;

    /// <summary>The latest time of any trip, in seconds after the start of its service day: tells how many days before must be searched too.</summary>
    public int LatestSeconds => Parts.LatestSeconds;

    /// <summary>Bytes of all arrays.</summary>
    public long SizeBytes => Parts.SizeBytes;

    public (double LatitudeDegrees, double LongitudeDegrees) Coordinates(int stop) => (Parts.Latitudes[stop], Parts.Longitudes[stop]);

    public Accessibility StopAccessibility(int stop) => (Accessibility)Parts.StopAccessibility[stop];

    /// <summary>The key of the route that the trip was added with.</summary>
    public int RouteOf(int trip) => Parts.TripRoutes[trip];

    /// <summary>Which day of the period a date is, or -1 outside.</summary>
    public int DayOf(DateOnly date) => date.DayNumber - FirstDay.DayNumber is var day && day >= 0 && day < DayCount ? day : -1;

    public DateOnly DateOf(int day) => FirstDay.AddDays(day);

    /// <summary>Whether the trip's service runs on a day of the period.</summary>
    public bool RunsOn(int trip, int day) => Parts.Services.RunsOn(Parts.TripServices[trip], day);
}
