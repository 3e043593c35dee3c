using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>
/// One vehicle: takes its positions one after another and says what they mean for its run. Keeps nothing but what the newest
/// positions said, so that it can begin anew at any time. Not safe for several threads: its grain calls it turn by turn.
/// </summary>
public sealed class VehicleTracker
{
    private readonly string _vehicleId;
    private readonly ISegmentTimes _learned;
    private readonly VehicleSettings _settings;
    private readonly ArrivalPredictor _predictor;
    private readonly TripInference _inference;
    private readonly Course _course;
    private TripRun? _run;
    private ITripPlans? _plans;
    private string? _block;

    public VehicleTracker(string vehicleId, ISegmentTimes learned, VehicleSettings settings)
    {
        (_vehicleId, _learned, _settings) = (vehicleId, learned, settings);
        _predictor = new ArrivalPredictor(learned, settings.Prediction);
        _inference = new TripInference(settings.Matching, settings.Tracking);
        _course = new Course(settings.Matching);
    }

    /// <param name="plans">Of the live feed version; null where the town has none.</param>
    /// <param name="duty">Ids of the trips that the vehicle is to make, in order; empty where nobody said.</param>
    /// <param name="isTaken">Whether another vehicle serves a run.</param>
    public TrackResult Take(PositionReport position, ITripPlans? plans, IReadOnlyList<string> duty, Func<TripKey, bool> isTaken, DateTimeOffset now)
    {
        if (_course.Refuse(position, now, TimeSpan.FromSeconds(_settings.Tracking.FutureToleranceSeconds), TimeSpan.FromSeconds(_settings.Silence.SilentSeconds)) is { } refused)
        {
            return new TrackResult(refused);
        }

        _course.Add(position);
        var former = _run;
        FollowVersion(plans);
        var outcome = Assign(position, plans, duty, isTaken);
        var left = former is { IsFinished: false } && _run?.Plan.Key != former.Plan.Key ? former.Plan.Key : (TripKey?)null;
        if (_run is null)
        {
            return new TrackResult(outcome, StateOf(position), Left: left);
        }

        if (isTaken(_run.Plan.Key))
        {
            return new TrackResult(TrackOutcome.TripTaken, StateOf(position), Left: left);
        }

        var (early, late) = position.TripId is null
            ? (_settings.Tracking.MostEarlySeconds, _settings.Tracking.MostLateSeconds)
            : (_settings.Tracking.MostEarlyOfNamedSeconds, _settings.Tracking.MostLateOfNamedSeconds);
        outcome = _run.Advance(Local(position, _run.Plan), _course.BearingDegrees, TimeSpan.FromSeconds(early), TimeSpan.FromSeconds(late));
        if (outcome is not (TrackOutcome.Matched or TrackOutcome.Finished))
        {
            return new TrackResult(outcome, StateOf(position), Left: left);
        }

        var report = Report(_run, position);
        return new TrackResult(outcome, StateOf(position), report, Next(_run, report, plans!), left);
    }

    // Runs of another version may have other stops: the vehicle is matched anew.
    private void FollowVersion(ITripPlans? plans)
    {
        if (!ReferenceEquals(plans, _plans))
        {
            _plans = plans;
            if (_run is not null)
            {
                _run = plans?.Find(_run.Plan.Key) is { } same ? New(same) : null;
            }

            _inference.Reset();
        }
    }

    private TrackOutcome Assign(PositionReport position, ITripPlans? plans, IReadOnlyList<string> duty, Func<TripKey, bool> isTaken)
    {
        if (plans is null)
        {
            _run = null;
            return TrackOutcome.NoTrip;
        }

        if (position.TripId is { } named)
        {
            if (_run is null || _run.Plan.Key.TripId != named || !IsOf(_run.Plan.Key, position))
            {
                _run = plans.RunsOf(named, position.At).FirstOrDefault(run => IsOf(run.Key, position)) is { } plan ? New(plan) : null;
            }

            return _run is null ? TrackOutcome.UnknownTrip : TrackOutcome.Matched;
        }

        if (_run is { IsFinished: false } && !IsLost(_run, position.At))
        {
            return TrackOutcome.Matched;
        }

        if (_run is { IsFinished: false })
        {
            // On another run of its block, if it has one.
            (_block, _run) = (_run.Plan.BlockId, null);
        }

        if (NextByDuty(position, plans, duty) is { } next)
        {
            _run = New(next);
            return TrackOutcome.Matched;
        }

        if (_run is { IsFinished: true } done && NextOfBlock(done.Plan, plans, position.At) is { } following)
        {
            _run = New(following);
            return TrackOutcome.Matched;
        }

        _run = null;
        if (_inference.Consider(plans, position, _course.BearingDegrees, plan => (_block is null || plan.BlockId == _block) && !isTaken(plan.Key)) is { } inferred)
        {
            (_run, _block) = (New(inferred), null);
            _inference.Reset();
        }

        return TrackOutcome.NoTrip;
    }

    // A run that nobody named may be the wrong one by now: after a silence, off the route, or so late that it can hardly be.
    private bool IsLost(TripRun run, DateTimeOffset at)
    {
        var forget = TimeSpan.FromSeconds(_settings.Tracking.ForgetAfterSeconds);
        var late = TimeSpan.FromSeconds(_settings.Tracking.MostLateSeconds);
        return run.Match is { } match
            ? at - run.MatchedAt > forget || at - run.Plan.TimeAt(match.MetresAlong) > 2 * late
            : at - run.Plan.Start > late || (run.OffRouteSince is { } since && at - since > forget && at > run.Plan.Start);
    }

    private TripPlan? NextByDuty(PositionReport position, ITripPlans plans, IReadOnlyList<string> duty)
    {
        if (duty.Count == 0)
        {
            return null;
        }

        var done = _run is { IsFinished: true } ? duty.ToList().IndexOf(_run.Plan.Key.TripId) : -1;
        var late = TimeSpan.FromSeconds(_settings.Tracking.MostLateSeconds);
        return duty.Skip(done + 1).Select(trip => plans.RunsOf(trip, position.At).FirstOrDefault()).FirstOrDefault(run => run is not null && position.At <= run.End + late);
    }

    // Runs that another vehicle made meanwhile, or nobody, are skipped.
    private TripPlan? NextOfBlock(TripPlan plan, ITripPlans plans, DateTimeOffset at)
    {
        var next = plans.NextOfBlock(plan);
        while (next is not null && at - next.Start > TimeSpan.FromSeconds(_settings.Tracking.MostLateSeconds))
        {
            next = plans.NextOfBlock(next);
        }

        return next;
    }

    private TripRun New(TripPlan plan) => new(plan, _learned, _settings.Matching, _settings.Tracking);

    private static bool IsOf(TripKey key, PositionReport position)
        => (position.StartDate is null || position.StartDate == key.StartDate) && (position.StartTime is null || key.StartTime is null || position.StartTime == key.StartTime);

    private static PositionReport Local(PositionReport position, TripPlan plan) => position with { At = position.At.ToOffset(plan.Start.Offset) };

    private TripReport Report(TripRun run, PositionReport position)
    {
        var at = run.MatchedAt;
        return new TripReport
        {
            Key = run.Plan.Key,
            RouteId = run.Plan.RouteId,
            VehicleId = _vehicleId,
            PositionAt = at,
            // Whoever waits at the last stop waits for nobody once the vehicle is there.
            NextStop = run.IsFinished ? run.Plan.Stops.Count : run.Progress.NextStop,
            IsAtStop = run.Progress.IsAtStop,
            Stops = run.IsFinished ? [] : _predictor.Predict(run.Plan, run.Progress, run.Match!.Value.MetresAlong, at, run.Progress.IsAtStop ? run.AtStopSince : null),
            IsAmbiguous = run.Match!.Value.IsAmbiguous,
            Occupancy = position.Occupancy,
            StandingSince = run.StandingSince,
        };
    }

    private TripReport? Next(TripRun run, TripReport report, ITripPlans plans)
    {
        if (plans.NextOfBlock(run.Plan) is not { } next)
        {
            return null;
        }

        var (freeAt, uncertaintySeconds) = report.Stops.Length > 0 ? (report.Stops[^1].Arrival, report.Stops[^1].UncertaintySeconds) : (run.MatchedAt, 0);
        return next.Start - freeAt > TimeSpan.FromSeconds(_settings.Tracking.NextTripSeconds) ? null : new TripReport
        {
            Key = next.Key,
            RouteId = next.RouteId,
            VehicleId = _vehicleId,
            PositionAt = report.PositionAt,
            NextStop = 0,
            Stops = _predictor.PredictNext(next, freeAt, uncertaintySeconds),
            IsAmbiguous = report.IsAmbiguous,
            IsAhead = true,
            StandingSince = !run.IsFinished ? report.StandingSince : report.StandingSince > next.Start ? report.StandingSince : next.Start,
        };
    }

    private VehicleState StateOf(PositionReport position) => new()
    {
        Id = _vehicleId,
        Label = position.Label,
        At = position.At,
        LatitudeDegrees = position.LatitudeDegrees,
        LongitudeDegrees = position.LongitudeDegrees,
        BearingDegrees = _course.BearingDegrees,
        SpeedMetresPerSecond = position.SpeedMetresPerSecond,
        Occupancy = position.Occupancy,
        Trip = _run?.Plan.Key,
        RouteId = _run?.Plan.RouteId ?? position.RouteId,
        NextStop = _run is { Match: not null, OffRouteSince: null } ? Math.Min(_run.Progress.NextStop, _run.Plan.Stops.Count - 1) : null,
        IsAtStop = _run is { OffRouteSince: null } && _run.Progress.IsAtStop,
        OffRouteSince = _run?.OffRouteSince,
    };
}
