using System.Runtime.InteropServices;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>A ride of a journey as a rider sees it.</summary>
/// <param name="Day">Which of the searched days.</param>
/// <param name="Lane">Of that day's view.</param>
/// <param name="Trip">Index in the view; of a frequency, the base of the run that is sure to have come.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ride(int Day, int Lane, int Trip, int Board, int Alight);

/// <summary>Times of rides, and other trips of the same pattern.</summary>
internal sealed class Rides(TimetableParts timetable, SearchQuery query, DayView[] views)
{
    public Lane LaneOf(Ride ride) => views[ride.Day].Lanes[ride.Lane];

    public DayView ViewOf(Ride ride) => views[ride.Day];

    public int BoardStop(Ride ride) => timetable.PatternStops[LaneOf(ride).StopOffset + ride.Board];

    public int AlightStop(Ride ride) => timetable.PatternStops[LaneOf(ride).StopOffset + ride.Alight];

    public int Start(Ride ride) => Clock<Forward>(ride.Day, ride.Lane).Board(ride.Trip, ride.Board);

    public int End(Ride ride) => Clock<Forward>(ride.Day, ride.Lane).Alight(ride.Trip, ride.Alight);

    /// <summary>When to be at the stop.</summary>
    public int BeThere(Ride ride)
    {
        var wait = Headway(ride) is { } frequency ? ride.Trip - Math.Max(frequency.FirstSeconds, ride.Trip - frequency.HeadwaySeconds) : 0;
        return Start(ride) - wait;
    }

    /// <summary>The ride's frequency, when it has no fixed times.</summary>
    public Frequency? Headway(Ride ride)
        => LaneOf(ride).Frequency is var frequency && frequency >= 0 && !timetable.Frequencies[frequency].Exact ? timetable.Frequencies[frequency] : null;

    /// <summary>A backward search names a run by when to be there; this is the run that has then surely come.</summary>
    public Ride FromBackward(Ride ride)
        => Headway(ride) is { } frequency && ride.Trip != frequency.FirstSeconds ? ride with { Trip = ride.Trip + frequency.HeadwaySeconds } : ride;

    /// <summary>The trip between the same calls for which one can be there latest, and which is at its end by a time.</summary>
    public Ride Latest(Ride ride, int end)
    {
        foreach (var other in Alternatives(ride))
        {
            var trip = Clock<Backward>(other.Day, other.Lane).Catch(-end, ride.Alight);
            var found = FromBackward(other with { Trip = trip });
            if (trip != LaneClock<Backward>.None && BeThere(found) > BeThere(ride))
            {
                ride = found;
            }
        }

        return ride;
    }

    /// <summary>The trip between the same calls that is at its end first, and which one can catch at a time.</summary>
    public Ride Earliest(Ride ride, int beThere)
    {
        foreach (var other in Alternatives(ride))
        {
            var trip = Clock<Forward>(other.Day, other.Lane).Catch(beThere, ride.Board);
            var found = other with { Trip = trip };
            if (trip != LaneClock<Forward>.None && End(found) < End(ride))
            {
                ride = found;
            }
        }

        return ride;
    }

    private IEnumerable<Ride> Alternatives(Ride ride)
    {
        var pattern = LaneOf(ride).Pattern;
        for (var day = 0; day < query.Days.Count; day++)
        {
            var view = views[day];
            for (var lane = view.LaneStarts[pattern]; lane < view.LaneStarts[pattern + 1]; lane++)
            {
                if ((view.Rule(timetable, view.Lanes[lane], ride.Board) & 3) != (int)BoardingRule.NotAllowed
                    && (view.Rule(timetable, view.Lanes[lane], ride.Alight) >> 2) != (int)BoardingRule.NotAllowed)
                {
                    yield return ride with { Day = day, Lane = lane };
                }
            }
        }
    }

    private LaneClock<T> Clock<T>(int day, int lane)
        where T : struct, IDirection
        => new(timetable, views[day], views[day].Lanes[lane], query.Days[day].OffsetSeconds, query.Wheelchair);
}
