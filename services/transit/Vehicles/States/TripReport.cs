using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Vehicles.States;

/// <summary>What is known of one run from the vehicle that serves it, or from another agency's feed. Immutable.</summary>
public sealed record TripReport
{
    public required TripKey Key { get; init; }

    public required string RouteId { get; init; }

    /// <summary>Null where a feed does not say which vehicle it is.</summary>
    public string? VehicleId { get; init; }

    /// <summary>When the vehicle was where this says: the time of its newest position that was matched, never that of a calculation.</summary>
    public required DateTimeOffset PositionAt { get; init; }

    /// <summary>Place of the first stop that was not left; the count of stops when the run is over.</summary>
    public required int NextStop { get; init; }

    public bool IsAtStop { get; init; }

    /// <summary>By place, for the stops ahead; a stop that is left out has no prediction.</summary>
    public required StopPrediction[] Stops { get; init; }

    /// <summary>Places of stops ahead that will not be served.</summary>
    public IReadOnlySet<int> SkippedStops { get; init; } = new HashSet<int>();

    /// <summary>The vehicle may as well be elsewhere along its way.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>The vehicle is still on the run before this one.</summary>
    public bool IsAhead { get; init; }

    /// <summary>Since when the vehicle stands where it has nothing to wait for; null where that is not known.</summary>
    public DateTimeOffset? StandingSince { get; init; }

    /// <summary>When the vehicle left the run before its end, for another or for none; null while it serves it.</summary>
    public DateTimeOffset? AbandonedAt { get; init; }

    public Occupancy? Occupancy { get; init; }

    /// <summary>The prediction for a stop, or null.</summary>
    public StopPrediction? At(int stopIndex)
    {
        if (Stops.Length > 0)
        {
            var place = stopIndex - Stops[0].StopIndex;
            if ((uint)place < (uint)Stops.Length && Stops[place].StopIndex == stopIndex)
            {
                return Stops[place];
            }
        }

        foreach (var stop in Stops)
        {
            if (stop.StopIndex == stopIndex)
            {
                return stop;
            }
        }

        return null;
    }
}
