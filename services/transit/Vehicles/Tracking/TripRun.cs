using SmartCity.Transit.Vehicles.Matching;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>One vehicle on one run: where along it, and which stops are behind.</summary>
internal sealed class TripRun(TripPlan plan, ISegmentTimes learned, MatchOptions matching, TrackingOptions options)
{
    /// <summary>Positions in a row that fit elsewhere before the place so far is taken to have been wrong.</summary>
    private const int MostContradictions = 3;

    /// <summary>More than scatter, and less than a vehicle drives in the slowest traffic in the time below.</summary>
    private const double MovedMetres = 30;

    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EarlyStart = TimeSpan.FromSeconds(60);
    private readonly StopClock _stops = new(plan, learned, TimeSpan.FromSeconds(options.MostLearningGapSeconds));
    private int _contradictions;
    private (double Metres, DateTimeOffset At)? _watched;
    private DateTimeOffset? _standingSince;

    public TripPlan Plan => plan;

    /// <summary>Of the newest position that was matched.</summary>
    public ShapeMatch? Match { get; private set; }

    public DateTimeOffset MatchedAt { get; private set; }

    public StopProgress Progress { get; private set; }

    public DateTimeOffset? AtStopSince => _stops.AtStopSince;

    public DateTimeOffset? OffRouteSince { get; private set; }

    /// <summary>Since when it has not moved on, counted from when it was to leave where it waits; null while it moves.</summary>
    public DateTimeOffset? StandingSince
        => _standingSince is { } since && Progress.IsAtStop && plan.Stops[Progress.NextStop] is { IsTimepoint: true } stop && stop.Departure > since
            ? stop.Departure
            : _standingSince;

    public bool IsFinished => Progress.NextStop >= plan.Stops.Count || (Progress.IsAtStop && Progress.NextStop == plan.Stops.Count - 1);

    /// <summary>Takes a position in: matched, off the route, or where the vehicle can't be so early.</summary>
    /// <param name="mostEarly">How far ahead of the timetable its first place may be.</param>
    /// <param name="mostLate">How far behind the timetable its first place may be.</param>
    public TrackOutcome Advance(PositionReport position, double? bearingDegrees, TimeSpan mostEarly, TimeSpan mostLate)
    {
        var hints = new MatchHints(bearingDegrees, Match?.MetresAlong, (position.At - MatchedAt).TotalSeconds, plan.MetresAt(position.At));
        var match = ShapeMatcher.Match(plan.Shape, position.LatitudeDegrees, position.LongitudeDegrees, hints, matching);
        if (match is null && Match is not null)
        {
            match = Contradiction(position, hints with { PreviousMetresAlong = null });
        }
        else
        {
            _contradictions = 0;
        }

        if (match is not { } found)
        {
            OffRouteSince ??= position.At;
            return TrackOutcome.OffRoute;
        }

        if (Match is null && plan.TimeAt(found.MetresAlong) - position.At > mostEarly)
        {
            return TrackOutcome.NotBegun;
        }

        if (Match is null && position.At - plan.TimeAt(found.MetresAlong) > mostLate)
        {
            return TrackOutcome.TooLate;
        }

        OffRouteSince = null;
        // Scatter back does not move it back, or times would be predicted twice.
        var metres = Match is { } former && found.MetresAlong < former.MetresAlong && former.MetresAlong - found.MetresAlong <= matching.BackwardsMetres
            ? former.MetresAlong
            : found.MetresAlong;
        Match = found with { MetresAlong = metres };
        MatchedAt = position.At;
        Progress = ProgressAt(metres, position.At);
        Watch(metres, position.At);

        _stops.Advance(metres, position.At, Progress);
        return IsFinished ? TrackOutcome.Finished : TrackOutcome.Matched;
    }

    // On the shape, but where it can't have come to from where it was: the first match on a loop may have been the wrong lap.
    private ShapeMatch? Contradiction(PositionReport position, MatchHints anywhere)
    {
        var match = ShapeMatcher.Match(plan.Shape, position.LatitudeDegrees, position.LongitudeDegrees, anywhere, matching);
        _contradictions = match is null ? 0 : _contradictions + 1;
        if (_contradictions < MostContradictions)
        {
            return null;
        }

        _contradictions = 0;
        Match = null;
        Progress = default;
        return match;
    }

    private void Watch(double metres, DateTimeOffset at)
    {
        if (_watched is { } watched)
        {
            if (Math.Abs(metres - watched.Metres) > MovedMetres)
            {
                _standingSince = null;
            }
            else if (at - watched.At >= WatchEvery)
            {
                _standingSince ??= watched.At;
            }

            if (at - watched.At < WatchEvery)
            {
                return;
            }
        }

        _watched = (metres, at);
    }

    // Before its start a vehicle that stands a little down the road has not left the first stop.
    private StopProgress ProgressAt(double metres, DateTimeOffset at)
    {
        var first = plan.Stops[0];
        var isWaiting = Progress.NextStop == 0 && at < first.Departure - EarlyStart && metres < first.MetresAlong + (5 * StopProgress.AtStopMetres);
        return isWaiting ? new StopProgress(0, IsAtStop: true) : StopProgress.Of(plan, metres, Progress.NextStop);
    }
}
