using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>What belongs to what in stops.txt, and what of it is used.</summary>
internal sealed class StationRules : IFeedRule
{
    private const string File = "stops.txt";

    public void Check(RuleContext context)
    {
        var stops = context.Feed.Stops;
        var stationsWithStops = new HashSet<int>();
        for (var index = 0; index < stops.Count; index++)
        {
            var stop = stops[index];
            CheckParent(context, index, stop);
            if (stop is { LocationType: GtfsLocationType.Stop, Parent: >= 0 })
            {
                stationsWithStops.Add(stop.Parent);
            }
        }

        for (var index = 0; index < stops.Count; index++)
        {
            if (stops[index].LocationType == GtfsLocationType.Station && !stationsWithStops.Contains(index))
            {
                context.Notices.Add("unused_station", File, context.Lines.Stops[index], "stop_id", stops[index].Id);
            }
        }

        if (context.IsComplete("stop_times.txt"))
        {
            CheckUse(context);
        }
    }

    private static void CheckParent(RuleContext context, int index, GtfsStop stop)
    {
        var line = context.Lines.Stops[index];
        if (stop.Parent < 0)
        {
            if (stop.LocationType is GtfsLocationType.Entrance or GtfsLocationType.Node or GtfsLocationType.BoardingArea)
            {
                context.Notices.Add("location_without_parent_station", File, line, "parent_station", null, stop.Id);
            }
            else if (stop is { LocationType: GtfsLocationType.Stop, PlatformCode: { } platform })
            {
                context.Notices.Add("platform_without_parent_station", File, line, "platform_code", platform, stop.Id);
            }

            return;
        }

        var parent = context.Feed.Stops[stop.Parent];
        if (stop.LocationType == GtfsLocationType.Station)
        {
            context.Notices.Add("station_with_parent_station", File, line, "parent_station", parent.Id, stop.Id);
        }
        else if (parent.LocationType != (stop.LocationType == GtfsLocationType.BoardingArea ? GtfsLocationType.Stop : GtfsLocationType.Station))
        {
            context.Notices.Add("wrong_parent_location_type", File, line, "parent_station", parent.Id, stop.Id);
        }
    }

    private static void CheckUse(RuleContext context)
    {
        var times = context.Feed.StopTimes;
        var used = new bool[context.Feed.Stops.Count];
        for (var at = 0; at < times.Count; at++)
        {
            if (times.Stops[at] is >= 0 and var stop)
            {
                used[stop] = true;
                if (context.Feed.Stops[stop].LocationType != GtfsLocationType.Stop)
                {
                    context.Notices.Add("location_with_unexpected_stop_time", "stop_times.txt", context.Lines.StopTimes[at], "stop_id", context.Feed.Stops[stop].Id);
                }
            }
        }

        foreach (var stop in context.Feed.Flex.Groups.SelectMany(group => group.Stops).Where(stop => stop >= 0))
        {
            used[stop] = true;
        }

        for (var index = 0; index < used.Length; index++)
        {
            if (!used[index] && context.Feed.Stops[index].LocationType == GtfsLocationType.Stop)
            {
                context.Notices.Add("stop_without_stop_time", File, context.Lines.Stops[index], "stop_id", context.Feed.Stops[index].Id);
            }
        }
    }
}
