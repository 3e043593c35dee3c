using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>
/// When a vehicle will be at the stops ahead of it. The way to each stop takes what vehicles took at that hour, or what the
/// timetable says where too little is known. A vehicle that is early waits for its scheduled departure; one that is late uses up
/// the waits in the timetable.
/// </summary>
public sealed class ArrivalPredictor(ISegmentTimes learned, PredictionOptions options)
{
    private const double LeastUncertaintySeconds = 10;
    private const double UncertainShareOfSchedule = 0.15;
    private const double UncertainDwellSeconds = 5;

    /// <summary>Predictions for the stops that were not left, in order; times never fall along the trip and never lie before <paramref name="at"/>.</summary>
    /// <param name="at">When the vehicle was where it was matched, in the town's local time.</param>
    /// <param name="metresAlong">Where it was matched.</param>
    /// <param name="atStopSince">Since when it is at the next stop, or null where it is not at one.</param>
    public StopPrediction[] Predict(TripPlan plan, StopProgress progress, double metresAlong, DateTimeOffset at, DateTimeOffset? atStopSince)
    {
        var predictions = new StopPrediction[plan.Stops.Count - progress.NextStop];
        var clock = at;
        var uncertainty = LeastUncertaintySeconds;
        for (var index = progress.NextStop; index < plan.Stops.Count; index++)
        {
            var isLearned = false;
            var arrival = clock;
            if (index > progress.NextStop || !progress.IsAtStop)
            {
                (var seconds, var spread, isLearned) = Travel(plan, index, index == progress.NextStop ? metresAlong : null, clock);
                arrival = clock + TimeSpan.FromSeconds(seconds);
                uncertainty = Math.Sqrt((uncertainty * uncertainty) + (spread * spread));
            }

            var arrivedAt = index == progress.NextStop && atStopSince is { } since ? since : arrival;
            var departure = Later(Departure(plan, index, arrivedAt), arrival);
            predictions[index - progress.NextStop] = new StopPrediction(index, arrival, departure, uncertainty, isLearned);
            uncertainty = departure > arrival + TimeSpan.FromSeconds(options.MostDwellOfLateSeconds)
                // A wait swallows what was uncertain before it.
                ? LeastUncertaintySeconds
                : Math.Sqrt((uncertainty * uncertainty) + (UncertainDwellSeconds * UncertainDwellSeconds));
            clock = departure;
        }

        return predictions;
    }

    /// <summary>Predictions for a trip that begins after another of the same vehicle: the layover between them takes up the delay.</summary>
    /// <param name="freeAt">When the vehicle is expected at the end of the trip before.</param>
    /// <param name="uncertaintySeconds">Of that.</param>
    public StopPrediction[] PredictNext(TripPlan plan, DateTimeOffset freeAt, double uncertaintySeconds)
    {
        var ready = freeAt + TimeSpan.FromSeconds(options.TurnaroundSeconds);
        var isHeldUp = ready > plan.Start;
        var predictions = Predict(plan, new StopProgress(0, IsAtStop: true), plan.Stops[0].MetresAlong, ready, ready);
        if (!isHeldUp)
        {
            return predictions;
        }

        for (var index = 0; index < predictions.Length; index++)
        {
            var own = predictions[index].UncertaintySeconds;
            predictions[index] = predictions[index] with { UncertaintySeconds = Math.Sqrt((own * own) + (uncertaintySeconds * uncertaintySeconds)) };
        }

        return predictions;
    }

    // The way to a stop from the one before it, or from where the vehicle is.
    private (double Seconds, double SpreadSeconds, bool IsLearned) Travel(TripPlan plan, int index, double? fromMetres, DateTimeOffset at)
    {
        var to = plan.Stops[index];
        if (index == 0)
        {
            // On its way to the first stop: not along the shape, so at a pace that is safe to promise.
            return (Math.Max(0, to.MetresAlong - (fromMetres ?? to.MetresAlong)) / (options.FastestMetresPerSecond / 2), LeastUncertaintySeconds, false);
        }

        var from = plan.Stops[index - 1];
        var length = to.MetresAlong - from.MetresAlong;
        var share = fromMetres is { } metres && length > 0 ? Math.Clamp((to.MetresAlong - metres) / length, 0, 1) : 1;
        if (learned.Find(from.StopId, to.StopId, at) is { } known)
        {
            return (known.Seconds * share, Math.Max(known.SpreadSeconds, 1) * 1.5 * share, true);
        }

        var scheduled = ScheduledSeconds(plan, index);
        return (scheduled * share, scheduled * UncertainShareOfSchedule * share, false);
    }

    // Timetables are rounded to minutes: stops in one minute would be no way apart. The time of such a run of stops is shared out by length.
    private double ScheduledSeconds(TripPlan plan, int index)
    {
        var (first, last) = (index - 1, index);
        while (IsTied(plan, first))
        {
            first--;
        }

        while (last + 1 < plan.Stops.Count && IsTied(plan, last))
        {
            last++;
        }

        var length = plan.Stops[index].MetresAlong - plan.Stops[index - 1].MetresAlong;
        var whole = plan.Stops[last].MetresAlong - plan.Stops[first].MetresAlong;
        var seconds = (plan.Stops[last].Arrival - plan.Stops[first].Departure).TotalSeconds;
        return Math.Max(whole <= 0 ? seconds : seconds * length / whole, length / options.FastestMetresPerSecond);
    }

    private static bool IsTied(TripPlan plan, int index)
        => index > 0 && plan.Stops[index].Arrival == plan.Stops[index - 1].Departure && plan.Stops[index].Departure == plan.Stops[index].Arrival;

    private DateTimeOffset Departure(TripPlan plan, int index, DateTimeOffset arrivedAt)
    {
        var stop = plan.Stops[index];
        if (index == plan.Stops.Count - 1)
        {
            return arrivedAt;
        }

        var scheduled = Math.Min((stop.Departure - stop.Arrival).TotalSeconds, options.MostDwellOfLateSeconds);
        var dwell = learned.Find(stop.StopId, stop.StopId, arrivedAt)?.Seconds ?? Math.Max(scheduled, options.DwellSeconds);
        var ready = arrivedAt + TimeSpan.FromSeconds(Math.Min(dwell, options.MostDwellOfLateSeconds));
        return stop.IsTimepoint ? Later(ready, stop.Departure) : ready;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
