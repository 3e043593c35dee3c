using System.Globalization;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>Stops whose places can hardly be meant: in the sea far from all others, or on top of another.</summary>
internal sealed class StopPlaceRules : IFeedRule
{
    private const double FarMetres = 200_000;
    private const double CloseMetres = 2;

    // Some 2 m of latitude: only neighbours in this order can be so close.
    private const double CloseDegrees = 0.00002;

    public void Check(RuleContext context)
    {
        var stops = context.Feed.Stops;
        var placed = Enumerable.Range(0, stops.Count).Where(index => stops[index].HasLocation).ToArray();
        if (placed.Length == 0)
        {
            return;
        }

        Array.Sort([.. placed.Select(index => stops[index].LatitudeDegrees)], placed);
        CheckFar(context, placed);
        for (var at = 0; at < placed.Length; at++)
        {
            for (var next = at + 1; next < placed.Length && stops[placed[next]].LatitudeDegrees - stops[placed[at]].LatitudeDegrees < CloseDegrees; next++)
            {
                CheckPair(context, Math.Min(placed[at], placed[next]), Math.Max(placed[at], placed[next]));
            }
        }
    }

    private static void CheckFar(RuleContext context, int[] placed)
    {
        var stops = context.Feed.Stops;
        var middle = new GeoPoint(
            stops[placed[placed.Length / 2]].LatitudeDegrees,
            placed.Select(index => stops[index].LongitudeDegrees).Order().ElementAt(placed.Length / 2));
        foreach (var index in placed)
        {
            var metres = middle.MetresTo(PointOf(stops[index]));
            if (metres > FarMetres)
            {
                context.Notices.Add("stop_far_from_other_stops", "stops.txt", context.Lines.Stops[index], "stop_lat",
                    string.Create(CultureInfo.InvariantCulture, $"{stops[index].LatitudeDegrees}, {stops[index].LongitudeDegrees}"), string.Create(CultureInfo.InvariantCulture, $"{metres / 1000:0}"));
            }
        }
    }

    private static void CheckPair(RuleContext context, int first, int second)
    {
        var (one, other) = (context.Feed.Stops[first], context.Feed.Stops[second]);
        if (one.LocationType == GtfsLocationType.Stop && other.LocationType == GtfsLocationType.Stop && PointOf(one).MetresTo(PointOf(other)) < CloseMetres)
        {
            context.Notices.Add("stops_too_close", "stops.txt", context.Lines.Stops[second], "stop_id", other.Id, one.Id);
        }
    }

    private static GeoPoint PointOf(GtfsStop stop) => new(stop.LatitudeDegrees, stop.LongitudeDegrees);
}
