namespace SmartCity.Transit.Gtfs.Model;

/// <summary>routes.txt.</summary>
/// <param name="Agency">Index into the feed's agencies, or -1.</param>
/// <param name="Type"><c>route_type</c>: 3 bus, 0 tram, 2 rail, … ; extended types from 100.</param>
/// <param name="Colour">Six hexadecimal digits.</param>
public sealed record GtfsRoute(
    string Id, int Agency, string? ShortName, string? LongName, string? Description, int Type, string? Url, string? Colour, string? TextColour, int? SortOrder)
{
    /// <summary>What a rider calls it: the short name, or else the long one.</summary>
    public string DisplayName => ShortName ?? LongName ?? Id;
}

/// <summary>trips.txt, with where its stop times are.</summary>
/// <param name="Route">Index into the feed's routes.</param>
/// <param name="Service">Index into the feed's services.</param>
/// <param name="Direction">0, 1, or -1 where none is given.</param>
/// <param name="Shape">Index into the feed's shapes, or -1.</param>
/// <param name="FirstStopTime">Index into <see cref="GtfsFeed.StopTimes"/>.</param>
/// <param name="StopTimeCount">0 for a trip that no stop time names.</param>
/// <param name="Frequencies">Indexes into the feed's frequencies; a trip that has some runs at those times only.</param>
public sealed record GtfsTrip(
    string Id, int Route, int Service, string? Headsign, string? ShortName, int Direction, string? BlockId, int Shape, GtfsAccess Wheelchair, GtfsAccess Bicycles,
    int FirstStopTime, int StopTimeCount, IReadOnlyList<int> Frequencies)
{
    public int EndStopTime => FirstStopTime + StopTimeCount;
}

/// <summary>frequencies.txt.</summary>
/// <param name="StartSeconds">First departure, in seconds of the service day.</param>
/// <param name="EndSeconds">No departure at or after it.</param>
/// <param name="IsExact">Whether the departures are a timetable; else riders are told the headway only.</param>
public sealed record GtfsFrequency(int Trip, int StartSeconds, int EndSeconds, int HeadwaySeconds, bool IsExact);

/// <summary>transfers.txt; -1 where a stop, route or trip is not given.</summary>
/// <param name="Type"><c>transfer_type</c>: 0 recommended, 1 timed, 2 minimum time, 3 impossible, 4 in-seat, 5 in-seat not allowed.</param>
public sealed record GtfsTransfer(int FromStop, int ToStop, int FromRoute, int ToRoute, int FromTrip, int ToTrip, int Type, int? MinimumSeconds);

/// <summary>shapes.txt: a line, its points by rising sequence.</summary>
/// <param name="DistancesTravelled">In the feed's own unit, or null where not every point has one.</param>
public sealed record GtfsShape(string Id, double[] LatitudesDegrees, double[] LongitudesDegrees, double[]? DistancesTravelled);
