using System.Globalization;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>Each row of stops.txt by itself.</summary>
internal sealed class StopRules : IFeedRule
{
    private const string File = "stops.txt";

    public void Check(RuleContext context)
    {
        var agencyUrls = context.Feed.Agencies.Select(agency => agency.Url).Where(url => url.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var routeUrls = context.Feed.Routes.Select(route => route.Url).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < context.Feed.Stops.Count; index++)
        {
            var (stop, line) = (context.Feed.Stops[index], context.Lines.Stops[index]);
            if (stop.LocationType is GtfsLocationType.Stop or GtfsLocationType.Station or GtfsLocationType.Entrance)
            {
                CheckPlace(context, stop, line);
            }

            CheckOrigin(context, stop, line);
            if (stop.Description is { } description && description.Equals(stop.Name, StringComparison.OrdinalIgnoreCase))
            {
                context.Notices.Add("same_name_and_description_for_stop", File, line, "stop_desc", description);
            }

            if (stop.Url is { } url && agencyUrls.Contains(url))
            {
                context.Notices.Add("same_stop_and_agency_url", File, line, "stop_url", url);
            }

            if (stop.Url is { } own && routeUrls.Contains(own))
            {
                context.Notices.Add("same_stop_and_route_url", File, line, "stop_url", own);
            }
        }
    }

    private static void CheckPlace(RuleContext context, GtfsStop stop, int line)
    {
        if (!stop.HasLocation)
        {
            context.Notices.Add("stop_without_location", File, line, double.IsNaN(stop.LatitudeDegrees) ? "stop_lat" : "stop_lon", null, stop.Id);
        }

        if (stop.Name.Length == 0)
        {
            context.Notices.Add("missing_stop_name", File, line, "stop_name", null, stop.Id);
        }
    }

    private static void CheckOrigin(RuleContext context, GtfsStop stop, int line)
    {
        if (!stop.HasLocation)
        {
            return;
        }

        var place = string.Create(CultureInfo.InvariantCulture, $"{stop.LatitudeDegrees}, {stop.LongitudeDegrees}");
        if (Math.Abs(stop.LatitudeDegrees) <= 1 && Math.Abs(stop.LongitudeDegrees) <= 1)
        {
            context.Notices.Add("point_near_origin", File, line, "stop_lat", place, stop.Id);
        }

        if (Math.Abs(stop.LatitudeDegrees) >= 89)
        {
            context.Notices.Add("point_near_pole", File, line, "stop_lat", place, stop.Id);
        }
    }
}
