using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>Trips of one vehicle (<c>block_id</c>): it can't be in two of them at once.</summary>
internal sealed class BlockRules : IFeedRule
{
    public void Check(RuleContext context)
    {
        var feed = context.Feed;
        var blocks = Enumerable.Range(0, feed.Trips.Count).Where(trip => feed.Trips[trip] is { BlockId: not null, StopTimeCount: > 0, Frequencies.Count: 0 })
            .GroupBy(trip => feed.Trips[trip].BlockId!, StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            var trips = block.Where(trip => FirstOf(feed, trip) != GtfsStopTimes.NoTime && LastOf(feed, trip) != GtfsStopTimes.NoTime)
                .OrderBy(trip => FirstOf(feed, trip)).ThenBy(trip => LastOf(feed, trip)).ToList();
            CheckBlock(context, block.Key, trips);
        }
    }

    private static void CheckBlock(RuleContext context, string block, List<int> trips)
    {
        var feed = context.Feed;
        for (var at = 0; at < trips.Count; at++)
        {
            for (var next = at + 1; next < trips.Count && FirstOf(feed, trips[next]) < LastOf(feed, trips[at]); next++)
            {
                if (RunTogether(feed, feed.Trips[trips[at]].Service, feed.Trips[trips[next]].Service))
                {
                    context.Notices.Add("block_trips_with_overlapping_stop_times", "trips.txt", context.Lines.Trips[trips[next]], "block_id", block,
                        $"{feed.Trips[trips[at]].Id}, {feed.Trips[trips[next]].Id}");
                }
            }

            if (at > 0 && TypeOf(feed, trips[at]) != TypeOf(feed, trips[0]))
            {
                context.Notices.Add("inconsistent_route_type_for_block_id", "trips.txt", context.Lines.Trips[trips[at]], "block_id", block);
            }
        }
    }

    private static bool RunTogether(GtfsFeed feed, int one, int other)
    {
        if (one == other)
        {
            return true;
        }

        if (feed.Services[one].Window() is not { } first || feed.Services[other].Window() is not { } second)
        {
            return false;
        }

        for (var day = first.First > second.First ? first.First : second.First; day <= first.Last && day <= second.Last; day = day.AddDays(1))
        {
            if (feed.Services[one].RunsOn(day) && feed.Services[other].RunsOn(day))
            {
                return true;
            }
        }

        return false;
    }

    private static int FirstOf(GtfsFeed feed, int trip) => feed.StopTimes.ArrivalSeconds[feed.Trips[trip].FirstStopTime];

    private static int LastOf(GtfsFeed feed, int trip) => feed.StopTimes.DepartureSeconds[feed.Trips[trip].EndStopTime - 1];

    private static int TypeOf(GtfsFeed feed, int trip) => feed.Trips[trip].Route is >= 0 and var route ? feed.Routes[route].Type : -1;
}
