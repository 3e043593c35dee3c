using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>How a vehicle stands to the stops of its trip.</summary>
/// <param name="NextStop">Place in <see cref="TripPlan.Stops"/> of the first stop that it has not left; their count when it has left all.</param>
/// <param name="IsAtStop">Whether it is at that stop now.</param>
public readonly record struct StopProgress(int NextStop, bool IsAtStop)
{
    /// <summary>Within this of a stop's place along the shape a vehicle is at the stop.</summary>
    public const double AtStopMetres = 30;

    /// <summary>Where a vehicle is that was matched to some metres along.</summary>
    /// <param name="plan">Of the vehicle's trip.</param>
    /// <param name="metresAlong">Matched.</param>
    /// <param name="formerNextStop">What it was before, or 0: a stop that was left is never ahead again, however positions scatter.</param>
    public static StopProgress Of(TripPlan plan, double metresAlong, int formerNextStop)
    {
        var next = formerNextStop;
        while (next < plan.Stops.Count && metresAlong > plan.Stops[next].MetresAlong + AtStopMetres)
        {
            next++;
        }

        return new StopProgress(next, next < plan.Stops.Count && Math.Abs(metresAlong - plan.Stops[next].MetresAlong) <= AtStopMetres);
    }
}
