using System.Globalization;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>routes.txt.</summary>
internal sealed class RouteRules : IFeedRule
{
    private const string File = "routes.txt";
    private const int LongestShortName = 12;

    /// <summary>Least difference of brightness (Rec. 601 luma, 0 to 255) between a colour and the text on it.</summary>
    private const int LeastContrast = 72;

    public void Check(RuleContext context)
    {
        var agencyUrls = context.Feed.Agencies.Select(agency => agency.Url).Where(url => url.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = new HashSet<(string?, string?, int, int)>();
        for (var index = 0; index < context.Feed.Routes.Count; index++)
        {
            var (route, line) = (context.Feed.Routes[index], context.Lines.Routes[index]);
            CheckNames(context, route, line);
            if (!names.Add((route.ShortName, route.LongName, route.Type, route.Agency)))
            {
                context.Notices.Add("duplicate_route_name", File, line, "route_long_name", route.LongName ?? route.ShortName, route.Id);
            }

            if (route is { Colour: { } colour, TextColour: { } text } && Math.Abs(LumaOf(colour) - LumaOf(text)) < LeastContrast)
            {
                context.Notices.Add("route_color_contrast", File, line, "route_text_color", text, colour);
            }

            if (route.Url is { } url && agencyUrls.Contains(url))
            {
                context.Notices.Add("same_route_and_agency_url", File, line, "route_url", url);
            }
        }

        if (context.Has("route_networks.txt") && context.HasColumn("routes.txt.network_id"))
        {
            context.Notices.Add("route_networks_specified_in_more_than_one_file", File, 1, "network_id");
        }
    }

    private static void CheckNames(RuleContext context, GtfsRoute route, int line)
    {
        if (route.ShortName is null && route.LongName is null)
        {
            context.Notices.Add("route_both_short_and_long_name_missing", File, line, "route_short_name", null, route.Id);
        }

        if (route.ShortName?.Length > LongestShortName)
        {
            context.Notices.Add("route_short_name_too_long", File, line, "route_short_name", route.ShortName);
        }

        if (route is { ShortName: { } shortName, LongName: { } longName }
            && longName.StartsWith(shortName, StringComparison.OrdinalIgnoreCase)
            && (longName.Length == shortName.Length || longName[shortName.Length] is ' ' or '-' or '(' or ')' or '\t' or '\u3000'))
        {
            context.Notices.Add("route_long_name_contains_short_name", File, line, "route_long_name", longName, shortName);
        }

        if (route.Description is { } description
            && (description.Equals(route.ShortName, StringComparison.OrdinalIgnoreCase) || description.Equals(route.LongName, StringComparison.OrdinalIgnoreCase)))
        {
            context.Notices.Add("same_name_and_description_for_route", File, line, "route_desc", description);
        }
    }

    private static double LumaOf(string colour)
    {
        var rgb = int.Parse(colour, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (0.299 * (rgb >> 16)) + (0.587 * ((rgb >> 8) & 0xff)) + (0.114 * (rgb & 0xff));
    }
}
