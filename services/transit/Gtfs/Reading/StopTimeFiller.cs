using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>
/// Fills in the times that a feed leaves to the reader (GTFS Schedule reference, <c>arrival_time</c>: between timepoints a consumer
/// interpolates): by distance along the shape where both sides have one, else in equal steps.
/// </summary>
internal static class StopTimeFiller
{
    public static void Fill(GtfsStopTimes stopTimes, IReadOnlyList<GtfsTrip> trips)
    {
        foreach (var trip in trips)
        {
            var known = -1;
            for (var at = trip.FirstStopTime; at < trip.EndStopTime; at++)
            {
                // One time alone stands for both: the feed says so nowhere, but riders need one.
                if (stopTimes.ArrivalSeconds[at] == GtfsStopTimes.NoTime)
                {
                    stopTimes.ArrivalSeconds[at] = stopTimes.DepartureSeconds[at];
                }
                else if (stopTimes.DepartureSeconds[at] == GtfsStopTimes.NoTime)
                {
                    stopTimes.DepartureSeconds[at] = stopTimes.ArrivalSeconds[at];
                }

                if (stopTimes.ArrivalSeconds[at] == GtfsStopTimes.NoTime)
                {
                    continue;
                }

                if (known >= 0 && at > known + 1)
                {
                    FillBetween(stopTimes, known, at);
                }

                known = at;
            }
        }
    }

    private static void FillBetween(GtfsStopTimes stopTimes, int from, int to)
    {
        var start = stopTimes.DepartureSeconds[from];
        var span = stopTimes.ArrivalSeconds[to] - start;
        var (first, last) = (stopTimes.ShapeDistances[from], stopTimes.ShapeDistances[to]);
        for (var at = from + 1; at < to; at++)
        {
            var distance = stopTimes.ShapeDistances[at];
            var share = last > first && distance >= first && distance <= last
                ? (distance - first) / (last - first)
                : (double)(at - from) / (to - from);
            var seconds = Math.Max(start + (int)Math.Round(span * share), stopTimes.DepartureSeconds[at - 1]);
            stopTimes.ArrivalSeconds[at] = seconds;
            stopTimes.DepartureSeconds[at] = seconds;
            stopTimes.IsInterpolated[at] = true;
            stopTimes.IsExact[at] = false;
        }
    }
}
