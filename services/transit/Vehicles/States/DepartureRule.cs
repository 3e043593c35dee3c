using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Vehicles.States;

/// <summary>
/// What a departure is shown as, out of what is known and what time it is. It is asked at the moment of showing, so that a vehicle
/// that falls silent needs nobody to notice: no departure is ever predicted by a position that is older than the bound.
/// </summary>
public sealed class DepartureRule(SilenceOptions options)
{
    private readonly TimeSpan _silent = TimeSpan.FromSeconds(options.SilentSeconds);
    private readonly TimeSpan _stuck = TimeSpan.FromSeconds(options.StuckSeconds);
    private readonly TimeSpan _grace = TimeSpan.FromSeconds(options.StartGraceSeconds);
    private readonly TimeSpan _kept = TimeSpan.FromSeconds(options.UnconfirmedKeptSeconds);
    private readonly TimeSpan _delayedStart = TimeSpan.FromSeconds(options.DelayedStartSeconds);

    /// <summary>The age up to which a position predicts.</summary>
    public TimeSpan SilentAfter => _silent;

    /// <param name="report">The newest of the run, or null.</param>
    /// <param name="isTracked">Whether vehicles of the route are heard at all.</param>
    public DepartureState Of(TripPlan plan, int stopIndex, TripReport? report, bool isTracked, DateTimeOffset now)
    {
        var stop = plan.Stops[stopIndex];
        if (report is null)
        {
            return isTracked && now >= plan.Start + _grace ? Unconfirmed(stop, stop.Departure, report: null, now) : Scheduled(stop, report: null);
        }

        if (stopIndex < report.NextStop)
        {
            return Scheduled(stop, report) with { Kind = DepartureKind.Gone };
        }

        if (report.SkippedStops.Contains(stopIndex))
        {
            return Scheduled(stop, report) with { Kind = DepartureKind.Cancelled, Reason = "stop-skipped" };
        }

        var prediction = report.At(stopIndex);
        if (prediction is { } predicted && IsLive(report, now))
        {
            return Predicted(predicted, report, now);
        }

        return IsQuietBeforeStart(plan, report, now) ? Scheduled(stop, report) : Unconfirmed(stop, prediction?.Departure ?? stop.Departure, report, now);
    }

    /// <summary>Whether a report still predicts.</summary>
    public bool IsLive(TripReport report, DateTimeOffset now) => report.AbandonedAt is null && now - report.PositionAt <= _silent && !(report.StandingSince is { } since && now - since > _stuck);

    private DepartureState Predicted(StopPrediction predicted, TripReport report, DateTimeOffset now)
    {
        var confidence = Confidence.Of(now - report.PositionAt, _silent, predicted.UncertaintySeconds, report.IsAmbiguous || report.IsAhead);
        return new DepartureState(
            DepartureKind.Predicted, Later(predicted.Arrival, now), Later(predicted.Departure, now), confidence, predicted.UncertaintySeconds,
            report.VehicleId, report.PositionAt, report.Occupancy);
    }

    // Engines are off between two runs: that says nothing about the next one, unless it was late already.
    private bool IsQuietBeforeStart(TripPlan plan, TripReport report, DateTimeOffset now)
        => report.NextStop == 0 && now < plan.Start + _grace && (report.At(0) is not { } first || first.Departure <= plan.Start + _delayedStart);

    // Whoever was told of a later departure waits for that.
    private DepartureState Unconfirmed(PlannedStop stop, DateTimeOffset expected, TripReport? report, DateTimeOffset now)
        => Scheduled(stop, report) with { Kind = now > Later(stop.Departure, expected) + _kept ? DepartureKind.Gone : DepartureKind.Unconfirmed };

    private static DepartureState Scheduled(PlannedStop stop, TripReport? report)
        => new(DepartureKind.Scheduled, stop.Arrival, stop.Departure, VehicleId: report?.VehicleId, LastSeenAt: report?.PositionAt);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
