using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>
/// Tells from one matched position to the next when a vehicle came to its stops and left them, and hands what that took to the
/// learned times.
/// </summary>
internal sealed class StopClock(TripPlan plan, ISegmentTimes learned, TimeSpan mostGap)
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(15);
    private (double Metres, DateTimeOffset At)? _former;
    private DateTimeOffset? _arrived;
    private (int Stop, DateTimeOffset At)? _left;

    /// <summary>Since when the vehicle is at the stop that it is at; null between stops, and where that was not seen.</summary>
    public DateTimeOffset? AtStopSince => _arrived;

    /// <param name="metres">Matched.</param>
    /// <param name="at">In local time.</param>
    public void Advance(double metres, DateTimeOffset at, StopProgress progress)
    {
        if (_former is { } former && at - former.At <= mostGap && metres >= former.Metres)
        {
            for (var stop = 0; stop < plan.Stops.Count; stop++)
            {
                if (Crossed(former, (metres, at), plan.Stops[stop].MetresAlong - StopProgress.AtStopMetres) is { } arrived)
                {
                    Arrive(stop, arrived);
                }

                if (Crossed(former, (metres, at), plan.Stops[stop].MetresAlong + StopProgress.AtStopMetres) is { } left)
                {
                    Leave(stop, left);
                }
            }
        }
        else if (_former is not null)
        {
            (_arrived, _left) = (null, null);
        }

        if (progress.IsAtStop)
        {
            _arrived ??= at;
        }

        _former = (metres, at);
    }

    private void Arrive(int stop, DateTimeOffset at)
    {
        _arrived = at;
        if (_left is { } left && left.Stop == stop - 1)
        {
            learned.Observe(plan.Stops[left.Stop].StopId, plan.Stops[stop].StopId, left.At, at - left.At);
        }
    }

    private void Leave(int stop, DateTimeOffset at)
    {
        // A wait for the scheduled departure says nothing about how long people take to get on.
        if (_arrived is { } arrived && at >= arrived && !(plan.Stops[stop].IsTimepoint && at <= plan.Stops[stop].Departure + Held))
        {
            learned.Observe(plan.Stops[stop].StopId, plan.Stops[stop].StopId, arrived, at - arrived);
        }

        (_arrived, _left) = (null, (stop, at));
    }

    private static DateTimeOffset? Crossed((double Metres, DateTimeOffset At) from, (double Metres, DateTimeOffset At) to, double border)
        => from.Metres < border && to.Metres >= border
            ? from.At + ((to.At - from.At) * ((border - from.Metres) / (to.Metres - from.Metres)))
            : null;
}
