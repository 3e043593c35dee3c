namespace SmartCity.Transit.Gtfs.Model;

/// <summary>stops.txt: a place of any <c>location_type</c>.</summary>
/// <param name="LatitudeDegrees">NaN where the feed gives none.</param>
/// <param name="LongitudeDegrees">NaN where the feed gives none.</param>
/// <param name="Parent">Index of <c>parent_station</c>, or -1.</param>
/// <param name="Level">Index into the feed's levels, or -1.</param>
public sealed record GtfsStop(
    string Id, string? Code, string Name, string? SpokenName, string? Description, double LatitudeDegrees, double LongitudeDegrees, string? ZoneId, string? Url,
    GtfsLocationType LocationType, int Parent, string? TimeZone, GtfsAccess Wheelchair, int Level, string? PlatformCode)
{
    public bool HasLocation => !double.IsNaN(LatitudeDegrees) && !double.IsNaN(LongitudeDegrees);
}

/// <summary><c>location_type</c>.</summary>
public enum GtfsLocationType
{
    Stop = 0,
    Station = 1,
    Entrance = 2,
    Node = 3,
    BoardingArea = 4,
}

/// <summary><c>wheelchair_boarding</c>, <c>wheelchair_accessible</c>, <c>bikes_allowed</c>.</summary>
public enum GtfsAccess
{
    Unknown = 0,
    Possible = 1,
    Impossible = 2,
}

/// <summary>levels.txt.</summary>
public sealed record GtfsLevel(string Id, double Index, string? Name);

/// <summary>pathways.txt: a way inside a station.</summary>
/// <param name="Mode"><c>pathway_mode</c>: 1 walkway, 2 stairs, 3 moving walkway, 4 escalator, 5 elevator, 6 fare gate, 7 exit gate.</param>
public sealed record GtfsPathway(
    string Id, int FromStop, int ToStop, int Mode, bool IsBidirectional, double? LengthMetres, int? TraversalSeconds, int? StairCount, double? MaximumSlope, double? MinimumWidthMetres);
