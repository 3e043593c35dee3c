using SmartCity.Transit.Vehicles.Matching;

namespace SmartCity.Transit.Vehicles.Plans;

/// <summary>What the timetable says of one run of one trip, with every stop at its metres along the shape and its times as instants.</summary>
public sealed record TripPlan
{
    public required TripKey Key { get; init; }

    public required string RouteId { get; init; }

    /// <summary>0 or 1 as in <c>trips.txt</c>, or null.</summary>
    public int? DirectionId { get; init; }

    /// <summary>Trips of one block and day are run by one vehicle, one after another; null where the feed says nothing.</summary>
    public string? BlockId { get; init; }

    /// <summary>The way that the vehicle drives; where the feed has none, the line through the stops.</summary>
    public required ShapeLine Shape { get; init; }

    /// <summary>In the order of <c>stop_sequence</c>, with metres that never fall.</summary>
    public required IReadOnlyList<PlannedStop> Stops { get; init; }

    /// <summary>Whether <c>trips.txt</c> promises a vehicle for wheelchairs; null where it says nothing.</summary>
    public bool? IsWheelchairAccessible { get; init; }

    public DateTimeOffset Start => Stops[0].Departure;

    public DateTimeOffset End => Stops[^1].Arrival;

    /// <summary>Where along the shape the timetable has the vehicle at a time, in metres.</summary>
    public double MetresAt(DateTimeOffset at)
    {
        for (var index = 0; index < Stops.Count; index++)
        {
            if (at < Stops[index].Arrival)
            {
                return index == 0 ? Stops[0].MetresAlong : Between(Stops[index - 1], Stops[index], at);
            }

            if (at <= Stops[index].Departure)
            {
                return Stops[index].MetresAlong;
            }
        }

        return Stops[^1].MetresAlong;
    }

    /// <summary>When the timetable has the vehicle at a place along the shape.</summary>
    public DateTimeOffset TimeAt(double metresAlong)
    {
        for (var index = 1; index < Stops.Count; index++)
        {
            var (from, to) = (Stops[index - 1], Stops[index]);
            if (metresAlong <= to.MetresAlong)
            {
                var length = to.MetresAlong - from.MetresAlong;
                var share = length <= 0 ? 1 : Math.Clamp((metresAlong - from.MetresAlong) / length, 0, 1);
                return from.Departure + ((to.Arrival - from.Departure) * share);
            }
        }

        return End;
    }

    private static double Between(PlannedStop from, PlannedStop to, DateTimeOffset at)
    {
        var span = to.Arrival - from.Departure;
        var share = span <= TimeSpan.Zero ? 1 : Math.Clamp((at - from.Departure) / span, 0, 1);
        return from.MetresAlong + ((to.MetresAlong - from.MetresAlong) * share);
    }
}

/// <summary>One call of a trip at a stop.</summary>
/// <param name="MetresAlong">From the shape's beginning.</param>
/// <param name="IsTimepoint">Whether the vehicle waits here for its scheduled departure (<c>timepoint</c> of <c>stop_times.txt</c>, which is 1 where it is left out).</param>
public readonly record struct PlannedStop(
    string StopId, int StopSequence, double MetresAlong, DateTimeOffset Arrival, DateTimeOffset Departure, bool IsTimepoint = true);
