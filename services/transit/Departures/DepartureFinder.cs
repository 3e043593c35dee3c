using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Departures;

/// <summary>
/// Departures of stops in a span of time, over the service days that reach into it: at half past midnight the last bus is still
/// yesterday's, at 24:30.
/// </summary>
internal static class DepartureFinder
{
    private const int SecondsOfDay = 86_400;

    /// <param name="stops">Indexes into the feed's stops.</param>
    /// <param name="from">First moment, itself included.</param>
    /// <param name="window">How far.</param>
    /// <param name="most">The first so many; more are not made.</param>
    public static IReadOnlyList<Departure> Find(LiveFeed feed, IReadOnlyList<int> stops, DateTimeOffset from, TimeSpan window, int most)
    {
        var found = new List<Departure>();
        var first = feed.Days.DateOf(from).AddDays(-(feed.Boards.LatestSeconds / SecondsOfDay) - 1);
        var last = feed.Days.DateOf(from + window);
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            var startSeconds = (int)Math.Ceiling((from - feed.Days.StartOf(date)).TotalSeconds);
            var endSeconds = startSeconds + (int)window.TotalSeconds;
            if (endSeconds >= 0 && startSeconds <= feed.Boards.LatestSeconds)
            {
                foreach (var stop in stops)
                {
                    AddTimetabled(found, feed, stop, date, startSeconds, endSeconds, most);
                    AddByFrequency(found, feed, stop, date, startSeconds, endSeconds, most);
                }
            }
        }

        found.Sort(static (left, right) => left.Scheduled != right.Scheduled ? left.Scheduled.CompareTo(right.Scheduled) : left.StopTime.CompareTo(right.StopTime));
        return found.Count > most ? found.GetRange(0, most) : found;
    }

    private static void AddTimetabled(List<Departure> found, LiveFeed feed, int stop, DateOnly date, int startSeconds, int endSeconds, int most)
    {
        var (seconds, stopTimes) = feed.Boards.From(stop, startSeconds);
        var isRunning = feed.Days.RunningOn(date);
        for (var (row, taken) = (0, 0); row < seconds.Length && seconds.Span[row] <= endSeconds && taken < most; row++)
        {
            var stopTime = stopTimes.Span[row];
            var trip = feed.Feed.StopTimes.Trips[stopTime];
            if (isRunning[feed.Feed.Trips[trip].Service])
            {
                found.Add(new Departure(feed, trip, stopTime, date, null, feed.Days.TimeOf(date, seconds.Span[row]), null));
                taken++;
            }
        }
    }

    private static void AddByFrequency(List<Departure> found, LiveFeed feed, int stop, DateOnly date, int startSeconds, int endSeconds, int most)
    {
        var times = feed.Feed.StopTimes;
        foreach (var stopTime in feed.Boards.ByFrequency(stop))
        {
            var trip = feed.Feed.Trips[times.Trips[stopTime]];
            if (!feed.Days.RunningOn(date)[trip.Service])
            {
                continue;
            }

            var offset = times.DepartureSeconds[stopTime] - times.DepartureSeconds[trip.FirstStopTime];
            foreach (var frequency in trip.Frequencies.Select(index => feed.Feed.Frequencies[index]))
            {
                AddRuns(found, feed, frequency, stopTime, date, offset, startSeconds, endSeconds, most);
            }
        }
    }

    private static void AddRuns(
        List<Departure> found, LiveFeed feed, GtfsFrequency frequency, int stopTime, DateOnly date, int offset, int startSeconds, int endSeconds, int most)
    {
        var skipped = Math.Max(0, (int)Math.Ceiling((startSeconds - offset - frequency.StartSeconds) / (double)frequency.HeadwaySeconds));
        var start = frequency.StartSeconds + ((long)skipped * frequency.HeadwaySeconds);
        for (var taken = 0; start < frequency.EndSeconds && start + offset <= endSeconds && taken < most; taken++, start += frequency.HeadwaySeconds)
        {
            found.Add(new Departure(
                feed, frequency.Trip, stopTime, date, (int)start, feed.Days.TimeOf(date, (int)start + offset), frequency.IsExact ? null : frequency.HeadwaySeconds));
        }
    }
}
