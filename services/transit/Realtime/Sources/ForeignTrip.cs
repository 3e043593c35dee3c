using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;
using Call = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate;
using CallEvent = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeEvent;
using CallRelationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>
/// Turns a trip update of another agency into a report of this board. A delay goes on from stop to stop until the next update, as the
/// GTFS Realtime reference says; NO_DATA ends it.
/// </summary>
internal sealed class ForeignTrip(ReaderOptions options)
{
    private const double UnknownUncertaintySeconds = 60;

    /// <param name="measuredAt">When the agency measured: the update's own timestamp, or the header's.</param>
    public TripReport Read(string source, TripPlan plan, TripUpdate update, DateTimeOffset measuredAt)
    {
        var calls = Align(plan, update.StopTimeUpdate);
        var first = Array.FindIndex(calls, static call => call is not null);
        var predictions = new List<StopPrediction>(plan.Stops.Count);
        var skipped = new HashSet<int>();
        double? delaySeconds = update.HasDelay && first < 0 && IsPossible(update.Delay) ? update.Delay : null;
        // What comes before the first update is behind the vehicle.
        for (var index = Math.Max(first, 0); index < plan.Stops.Count; index++)
        {
            var call = calls[index];
            if (call?.ScheduleRelationship == CallRelationship.Skipped)
            {
                skipped.Add(index);
                continue;
            }

            if (call?.ScheduleRelationship == CallRelationship.NoData)
            {
                delaySeconds = null;
                continue;
            }

            if (Predict(plan.Stops[index], index, call, ref delaySeconds, predictions.Count == 0 ? null : predictions[^1].Departure) is { } prediction)
            {
                predictions.Add(prediction);
            }
        }

        var next = NextStop(plan, first, predictions, measuredAt);
        return new TripReport
        {
            Key = plan.Key,
            RouteId = plan.RouteId,
            VehicleId = update.Vehicle is { HasId: true, Id.Length: > 0 } vehicle ? $"{source}:{vehicle.Id}" : null,
            PositionAt = measuredAt,
            NextStop = next,
            Stops = [.. predictions.Where(prediction => prediction.StopIndex >= next)],
            SkippedStops = skipped,
            IsAhead = next == 0 && measuredAt < plan.Start - TimeSpan.FromMinutes(5),
        };
    }

    // By stop_sequence, or else by the next call at that stop.
    private static Call?[] Align(TripPlan plan, IEnumerable<Call> calls)
    {
        var aligned = new Call?[plan.Stops.Count];
        var from = 0;
        foreach (var call in calls)
        {
            for (var index = from; index < plan.Stops.Count; index++)
            {
                if (call.HasStopSequence ? plan.Stops[index].StopSequence == call.StopSequence : plan.Stops[index].StopId == call.StopId)
                {
                    aligned[index] = call;
                    from = index + 1;
                    break;
                }
            }
        }

        return aligned;
    }

    private StopPrediction? Predict(PlannedStop stop, int index, Call? call, ref double? delaySeconds, DateTimeOffset? leftBefore)
    {
        var arrivalDelay = DelayOf(call?.Arrival, stop.Arrival) ?? delaySeconds ?? DelayOf(call?.Departure, stop.Departure);
        var departureDelay = DelayOf(call?.Departure, stop.Departure) ?? arrivalDelay;
        if (arrivalDelay is not { } late || departureDelay is not { } leaves)
        {
            return null;
        }

        delaySeconds = leaves;
        var arrival = Later(stop.Arrival + TimeSpan.FromSeconds(late), leftBefore);
        var departure = Later(stop.Departure + TimeSpan.FromSeconds(leaves), arrival);
        var uncertainty = call?.Arrival is { HasUncertainty: true } given ? given.Uncertainty : call?.Departure is { HasUncertainty: true } other ? other.Uncertainty : UnknownUncertaintySeconds;
        return new StopPrediction(index, arrival, departure, Math.Max(uncertainty, 0), IsLearned: false);
    }

    // A time says more than a delay, which is against a timetable that may be another one.
    private double? DelayOf(CallEvent? one, DateTimeOffset planned)
    {
        if (one is null || (!one.HasTime && !one.HasDelay))
        {
            return null;
        }

        var seconds = one.HasTime ? one.Time - planned.ToUnixTimeSeconds() : one.Delay;
        return IsPossible(seconds) ? seconds : null;
    }

    private bool IsPossible(double delaySeconds) => Math.Abs(delaySeconds) <= options.MostDelaySeconds;

    private static int NextStop(TripPlan plan, int first, List<StopPrediction> predictions, DateTimeOffset at)
    {
        var passed = predictions.FindLastIndex(prediction => prediction.Departure < at);
        return passed >= 0 ? Math.Min(predictions[passed].StopIndex + 1, plan.Stops.Count) : Math.Max(first, 0);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other is { } given && given > one ? given : one;
}
