using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Live;

/// <summary>One run of a trip on a day: so small that a day of a prefecture is nothing; its plan is made when it is asked for.</summary>
/// <param name="Shift">Seconds by which a run of frequencies.txt is later than its trip's stop times.</param>
/// <param name="FrequencyStart">Seconds of its start where it is one, else null.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Run(int Trip, int StartSeconds, int EndSeconds, int Shift, int? FrequencyStart);

/// <summary>The runs of one feed: of each service day by their start, and their plans.</summary>
internal sealed class FeedRuns(LiveFeed live, Func<int, string> stopIdOf, Func<string, string> routeIdOf, Func<string, string> tripIdOf)
{
    private readonly TripWays _ways = new(live.Feed);
    private readonly ConcurrentDictionary<DateOnly, Day> _days = new();
    private readonly Lazy<ILookup<string, int>> _blocks = new(() => Enumerable.Range(0, live.Feed.Trips.Count)
        .Where(trip => live.Feed.Trips[trip] is { BlockId: not null, Frequencies.Count: 0, StopTimeCount: > 0 })
        .ToLookup(trip => live.Feed.Trips[trip].BlockId!, StringComparer.Ordinal));

    public LiveFeed Live => live;

    /// <summary>How many service days before a moment's own may still be under way.</summary>
    public int DaysBack => (live.Boards.LatestSeconds / 86_400) + 1;

    /// <summary>The runs of a day that are under way at some time of a span.</summary>
    public IEnumerable<TripPlan> Running(DateOnly date, DateTimeOffset from, DateTimeOffset to)
    {
        var day = DayOf(date);
        var start = live.Days.StartOf(date);
        var (fromSeconds, toSeconds) = ((from - start).TotalSeconds, (to - start).TotalSeconds);
        for (var index = FirstFrom(day.Runs, fromSeconds - day.LongestSeconds); index < day.Runs.Length && day.Runs[index].StartSeconds <= toSeconds; index++)
        {
            if (day.Runs[index].EndSeconds >= fromSeconds && PlanOf(day, date, day.Runs[index]) is { } plan)
            {
                yield return plan;
            }
        }
    }

    /// <summary>The runs of one trip on a day.</summary>
    public IEnumerable<TripPlan> Of(int trip, DateOnly date)
    {
        var day = DayOf(date);
        return RunsOf(trip, date).Select(run => PlanOf(day, date, run)).OfType<TripPlan>();
    }

    /// <summary>The run with that start (null for a trip that is not of frequencies.txt), or null where there is none.</summary>
    public TripPlan? Find(int trip, DateOnly date, int? frequencyStart)
    {
        foreach (var run in RunsOf(trip, date))
        {
            if (run.FrequencyStart == frequencyStart)
            {
                return PlanOf(DayOf(date), date, run);
            }
        }

        return null;
    }

    /// <summary>The run of the same block that starts next on the day, or null.</summary>
    public TripPlan? NextOfBlock(int trip, DateOnly date)
    {
        if (live.Feed.Trips[trip] is not { BlockId: { } block, Frequencies.Count: 0 })
        {
            return null;
        }

        var runs = _blocks.Value[block].SelectMany(other => RunsOf(other, date)).OrderBy(static run => run.StartSeconds).ThenBy(static run => run.Trip).ToList();
        var place = runs.FindIndex(run => run.Trip == trip);
        return place >= 0 && place + 1 < runs.Count ? PlanOf(DayOf(date), date, runs[place + 1]) : null;
    }

    /// <summary>Forgets days that are over.</summary>
    public void Forget(DateOnly before)
    {
        foreach (var date in _days.Keys.Where(date => date < before))
        {
            _days.TryRemove(date, out _);
        }
    }

    private Day DayOf(DateOnly date) => _days.GetOrAdd(date, static (date, self) => self.MakeDay(date), this);

    private Day MakeDay(DateOnly date)
    {
        var runs = Enumerable.Range(0, live.Feed.Trips.Count).SelectMany(trip => RunsOf(trip, date)).ToArray();
        Array.Sort(runs, static (one, other) => one.StartSeconds != other.StartSeconds ? one.StartSeconds.CompareTo(other.StartSeconds) : one.Trip.CompareTo(other.Trip));
        return new Day(runs, runs.Length == 0 ? 0 : runs.Max(static run => run.EndSeconds - run.StartSeconds), new ConcurrentDictionary<Run, TripPlan?>());
    }

    private IEnumerable<Run> RunsOf(int index, DateOnly date)
    {
        var trip = live.Feed.Trips[index];
        if (!live.Days.RunningOn(date)[trip.Service] || trip.StopTimeCount < 2)
        {
            yield break;
        }

        var times = live.Feed.StopTimes;
        var (start, end) = (times.DepartureSeconds[trip.FirstStopTime], times.ArrivalSeconds[trip.EndStopTime - 1]);
        if (start == GtfsStopTimes.NoTime || end == GtfsStopTimes.NoTime)
        {
            yield break;
        }

        if (trip.Frequencies.Count == 0)
        {
            yield return new Run(index, start, end, 0, null);
        }

        foreach (var frequency in trip.Frequencies.Select(row => live.Feed.Frequencies[row]))
        {
            for (var at = frequency.StartSeconds; at < frequency.EndSeconds; at += frequency.HeadwaySeconds)
            {
                yield return new Run(index, at, at + end - start, at - start, at);
            }
        }
    }

    private TripPlan? PlanOf(Day day, DateOnly date, Run run) => day.Plans.TryGetValue(run, out var known) ? known : day.Plans.GetOrAdd(run, MakePlan(date, run));

    private TripPlan? MakePlan(DateOnly date, Run run)
    {
        var trip = live.Feed.Trips[run.Trip];
        if (_ways.Of(trip) is not { } way)
        {
            return null;
        }

        var times = live.Feed.StopTimes;
        var stops = new PlannedStop[way.Calls.Length];
        for (var index = 0; index < stops.Length; index++)
        {
            var at = trip.FirstStopTime + way.Calls[index];
            stops[index] = new PlannedStop(
                stopIdOf(times.Stops[at]), times.Sequences[at], way.Metres[index],
                live.Days.TimeOf(date, times.ArrivalSeconds[at] + run.Shift), live.Days.TimeOf(date, times.DepartureSeconds[at] + run.Shift), times.IsExact[at]);
        }

        return new TripPlan
        {
            Key = new TripKey(tripIdOf(trip.Id), date.ToString("yyyyMMdd", CultureInfo.InvariantCulture), run.FrequencyStart is { } start ? PlanClock.Write(start) : null),
            RouteId = routeIdOf(live.Feed.Routes[trip.Route].Id),
            DirectionId = trip.Direction < 0 ? null : trip.Direction,
            BlockId = trip.BlockId,
            Shape = way.Line,
            Stops = stops,
            IsWheelchairAccessible = trip.Wheelchair switch { GtfsAccess.Possible => true, GtfsAccess.Impossible => false, _ => null },
        };
    }

    private static int FirstFrom(Run[] runs, double startSeconds)
    {
        var (low, high) = (0, runs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = runs[middle].StartSeconds < startSeconds ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private sealed record Day(Run[] Runs, int LongestSeconds, ConcurrentDictionary<Run, TripPlan?> Plans);
}
