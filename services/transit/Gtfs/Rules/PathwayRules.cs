using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>pathways.txt.</summary>
internal sealed class PathwayRules : IFeedRule
{
    private const string File = "pathways.txt";
    private const int Elevator = 5;
    private const int ExitGate = 7;

    public void Check(RuleContext context)
    {
        var feed = context.Feed;
        var withBoardingAreas = feed.Stops.Where(stop => stop is { LocationType: GtfsLocationType.BoardingArea, Parent: >= 0 }).Select(stop => stop.Parent).ToHashSet();
        var neighbours = new Dictionary<int, HashSet<int>>();
        for (var index = 0; index < feed.Pathways.Count; index++)
        {
            var (pathway, line) = (feed.Pathways[index], context.Lines.Pathways[index]);
            if (pathway is { Mode: ExitGate, IsBidirectional: true })
            {
                context.Notices.Add("bidirectional_exit_gate", File, line, "is_bidirectional", pathway.Id);
            }

            if (pathway.FromStop == pathway.ToStop)
            {
                context.Notices.Add("pathway_loop", File, line, "to_stop_id", pathway.Id);
            }

            foreach (var (field, stop, other) in new[] { ("from_stop_id", pathway.FromStop, pathway.ToStop), ("to_stop_id", pathway.ToStop, pathway.FromStop) })
            {
                CheckEnd(context, line, field, stop, withBoardingAreas);
                if (pathway.Mode == Elevator && feed.Stops[stop].Level < 0)
                {
                    context.Notices.Add("missing_level_id", "stops.txt", context.Lines.Stops[stop], "level_id", null, feed.Stops[stop].Id);
                }

                (neighbours.TryGetValue(stop, out var known) ? known : neighbours[stop] = []).Add(other);
            }
        }

        foreach (var (stop, others) in neighbours.Where(node => node.Value.Count == 1 && feed.Stops[node.Key].LocationType == GtfsLocationType.Node))
        {
            context.Notices.Add("pathway_dangling_generic_node", "stops.txt", context.Lines.Stops[stop], "stop_id", feed.Stops[stop].Id, feed.Stops[others.Single()].Id);
        }
    }

    private static void CheckEnd(RuleContext context, int line, string field, int stop, HashSet<int> withBoardingAreas)
    {
        var place = context.Feed.Stops[stop];
        if (place.LocationType == GtfsLocationType.Station)
        {
            context.Notices.Add("pathway_to_wrong_location_type", File, line, field, place.Id);
        }
        else if (withBoardingAreas.Contains(stop))
        {
            context.Notices.Add("pathway_to_platform_with_boarding_areas", File, line, field, place.Id);
        }
    }
}
