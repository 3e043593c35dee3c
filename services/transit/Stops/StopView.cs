namespace SmartCity.Transit.Stops;

/// <summary>A stop or station, for everybody.</summary>
/// <param name="Id">As URLs name it: its <c>stop_id</c>, or <c>{feed}:{stop_id}</c> where two feeds of the town have the same.</param>
/// <param name="Name">In the language that was asked for, where the feed has it.</param>
/// <param name="Reading">In kana, where the feed has it.</param>
/// <param name="Kind"><c>stop</c>, <c>station</c>, <c>entrance</c>, <c>node</c> or <c>boardingArea</c>.</param>
/// <param name="StationId">Id of the station it belongs to.</param>
/// <param name="Wheelchair"><c>possible</c>, <c>impossible</c> or <c>unknown</c>.</param>
/// <param name="DistanceMetres">As the crow flies, where a place was given.</param>
public sealed record StopView(
    string Id, string Name, string? Reading, string? Code, string? Platform, string? Description, string Kind, double? LatitudeDegrees, double? LongitudeDegrees,
    string? StationId, string Wheelchair, string? ZoneId, string Feed, double? DistanceMetres)
{
    /// <summary>Routes that stop there, by name; of a single stop only.</summary>
    public IReadOnlyList<StopRouteView>? Routes { get; init; }
}

/// <summary>A route at a stop.</summary>
public sealed record StopRouteView(string Id, string Name, string? Colour, string? TextColour);
