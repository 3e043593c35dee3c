using System.Diagnostics;
using SmartCity.Load.Reporting;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;
using SmartCity.Transit.Planning.Towns;

namespace SmartCity.Load.Transit;

/// <summary>Journeys between random stops at random times of random days: best in arrival, transfers and metres on foot.</summary>
internal static class PlannerPart
{
    private const int Queries = 1_000;
    private const int Threads = 2;
    private const int WalkMetres = 800;
    private const double WalkingSpeedMetresPerSecond = 1.2;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        await GeneratedAsync(NetworkSize.Prefecture, "median below 1, 99 % below 10", options, report, cancellationToken);
        if (GivenFeed.Read() is { } zip)
        {
            var feed = FeedReader.Read(new MemoryStream(zip), TimeProvider.System.GetUtcNow()).Feed ?? throw new InvalidOperationException($"The feed of {GivenFeed.Variable} is refused.");
            var town = new TownTimetable("412015", [new LiveFeed("main", "1", feed)]);
            var began = Stopwatch.GetTimestamp();
            var timetable = TownPlanBuilder.Build(town, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Town.Live.Timetable;
            await MeasureAsync(("given feed", "given"), timetable, feed.StopTimes.Count, Stopwatch.GetElapsedTime(began), "median below 1, 99 % below 10", options, report, cancellationToken);
        }

        await GeneratedAsync(NetworkSize.Metropolis, "99 % below 60", options, report, cancellationToken);
    }

    private static async Task GeneratedAsync(NetworkSize size, string target, LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (timetable, stopTimes) = GeneratedNetwork.Build(size);
        await MeasureAsync((size.Name, size.Key), timetable, stopTimes, Stopwatch.GetElapsedTime(began), target, options, report, cancellationToken);
    }

    private static async Task MeasureAsync(
        (string Name, string Key) size, Timetable timetable, int stopTimes, TimeSpan built, string target, LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var name = $"{size.Name}: {timetable.StopCount:#,0} stops, {timetable.TripCount:#,0} trips, {stopTimes:#,0} stop times";
        report.Add(new Figure(name + ": built in", size.Key + "BuildMilliseconds", "ms", [built.TotalMilliseconds]));
        report.Add(new Figure("- its arrays, footpaths among them", size.Key + "IndexMebibytes", "MiB", [timetable.SizeBytes / 1024.0 / 1024.0]) { Target = "below 60" });
        var (medians, high, most, rates) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            // All that is laid out on demand is laid out anew: the first round compiles, too.
            var live = new LiveTimetable(timetable);
            var planner = new Planner();
            var queries = QueriesOf(timetable, round);
            var times = new List<double>(Queries);
            foreach (var query in queries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var asked = Stopwatch.GetTimestamp();
                _ = planner.Find(live, query);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            var (median, p99) = Percentile.Of(times);
            medians.Add(median);
            high.Add(p99);
            most.Add(times[^1]);
            rates.Add(await RateAsync(live, planner, queries, options.Duration, cancellationToken));
        }

        report.Add(new Figure("- a journey, one thread, median", size.Key + "P50Milliseconds", "ms", medians) { Target = target });
        report.Add(new Figure("- 99 %", size.Key + "P99Milliseconds", "ms", high));
        report.Add(new Figure("- longest", size.Key + "LongestMilliseconds", "ms", most));
        report.Add(new Figure($"- {Threads} threads", size.Key + "PlansPerSecond", "plans/s", rates));
    }

    private static async Task<double> RateAsync(LiveTimetable live, Planner planner, List<SearchQuery> queries, TimeSpan duration, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(began) < duration; count++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _ = planner.Find(live, queries[((count * Threads) + thread) % queries.Count]);
            }

            return count;
        }, cancellationToken)));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static List<SearchQuery> QueriesOf(Timetable timetable, int round)
    {
        var random = new Random(round + 1);
        return [.. Enumerable.Range(0, Queries).Select(_ =>
        {
            var day = random.Next(1, timetable.DayCount - 1);
            return new SearchQuery
            {
                From = Ends(timetable, random.Next(timetable.StopCount)),
                To = Ends(timetable, random.Next(timetable.StopCount)),
                Days = [new SearchDay(day - 1, -86_400), new SearchDay(day, 0), new SearchDay(day + 1, 86_400)],
                TimeSeconds = random.Next(86_400),
                SlackSeconds = 3_600,
                WalkingSpeedMetresPerSecond = WalkingSpeedMetresPerSecond,
            };
        })];
    }

    private static List<EndLeg> Ends(Timetable timetable, int stop)
    {
        var legs = new List<EndLeg> { new(stop, 0, 0) };
        var (latitude, longitude) = timetable.Coordinates(stop);
        var detour = timetable.Parts.Options.DetourFactor;
        timetable.Parts.Grid.Near(latitude, longitude, WalkMetres / detour, (near, straight) =>
        {
            if (near != stop)
            {
                var metres = (int)Math.Ceiling(straight * detour);
                legs.Add(new EndLeg(near, Walking.Seconds(metres, WalkingSpeedMetresPerSecond), metres));
            }
        });
        return legs;
    }
}
