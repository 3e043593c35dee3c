using System.Runtime.InteropServices;
using SmartCity.Transit.Vehicles.Matching;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>
/// Finds out which run a vehicle serves that names none: the one whose shape it moves along at about the time of the timetable, and
/// clearly rather that one than another. In doubt it is none: a run without a prediction is better than one with somebody else's.
/// </summary>
internal sealed class TripInference(MatchOptions matching, TrackingOptions options)
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);
    private TripKey? _favourite;
    private int _votes;
    private double _firstMetres;

    public void Reset() => (_favourite, _votes) = (null, 0);

    /// <summary>The run, once enough positions agree; null until then.</summary>
    /// <param name="isEligible">Whether the vehicle may serve a run, which no other does.</param>
    public TripPlan? Consider(ITripPlans plans, PositionReport position, double? bearingDegrees, Func<TripPlan, bool> isEligible)
    {
        Fit? best = null, second = null;
        foreach (var plan in plans.Running(position.At - TimeSpan.FromSeconds(options.MostLateSeconds), position.At + Before))
        {
            if ((position.RouteId is null || position.RouteId == plan.RouteId) && isEligible(plan) && FitOf(plan, position, bearingDegrees) is { } fit)
            {
                if (best is null || fit.Cost < best.Value.Cost)
                {
                    (best, second) = (fit, best);
                }
                else if (second is null || fit.Cost < second.Value.Cost)
                {
                    second = fit;
                }
            }
        }

        if (best is not { } found || (second is { } rival && rival.Cost - found.Cost < options.ClearlyBetterSeconds))
        {
            Reset();
            return null;
        }

        if (_favourite != found.Plan.Key)
        {
            (_favourite, _votes, _firstMetres) = (found.Plan.Key, 0, found.MetresAlong);
        }

        _votes++;
        return _votes >= options.InferAfterPositions && found.MetresAlong - _firstMetres >= options.InferAfterMetres ? found.Plan : null;
    }

    private Fit? FitOf(TripPlan plan, PositionReport position, double? bearingDegrees)
    {
        var hints = new MatchHints(bearingDegrees, PreviousMetresAlong: null, 0, plan.MetresAt(position.At));
        if (ShapeMatcher.Match(plan.Shape, position.LatitudeDegrees, position.LongitudeDegrees, hints, matching) is not { } match
            || (bearingDegrees is { } bearing && Math.Cos((bearing - plan.Shape.BearingDegreesAt(match.MetresAlong)) * Math.PI / 180) < 0))
        {
            return null;
        }

        var lateSeconds = (position.At - plan.TimeAt(match.MetresAlong)).TotalSeconds;
        return lateSeconds < -options.MostEarlySeconds || lateSeconds > options.MostLateSeconds
            ? null
            // Early is twice as unlikely as late; metres off the shape count as seconds.
            : new Fit(plan, match.MetresAlong, (lateSeconds < 0 ? -2 * lateSeconds : lateSeconds) + match.MetresOff);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Fit(TripPlan Plan, double MetresAlong, double Cost);
}
