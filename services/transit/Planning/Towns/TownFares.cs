using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Planning.Fares;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>The fares of a town's feeds (fare_attributes.txt, fare_rules.txt). Each feed's pay for its own rides.</summary>
internal static class TownFares
{
    /// <returns>Null where no feed has fares.</returns>
    public static FareCalculator? Of(IEnumerable<LiveFeed> feeds)
    {
        var (attributes, rules) = (new List<FareAttribute>(), new List<FareRule>());
        foreach (var live in feeds)
        {
            var feed = live.Feed;
            attributes.AddRange(feed.Fares.Attributes.Select(fare => new FareAttribute(IdOf(live, fare.Id), fare.Price, fare.Currency, fare.Transfers, fare.TransferSeconds)
            {
                Feed = live.Name,
                AgencyId = fare.Agency >= 0 ? feed.Agencies[fare.Agency].Id : null,
            }));
            rules.AddRange(feed.Fares.Rules.Where(rule => rule.Fare >= 0).Select(rule => new FareRule(
                IdOf(live, feed.Fares.Attributes[rule.Fare].Id), rule.Route >= 0 ? feed.Routes[rule.Route].Id : null, rule.OriginZone, rule.DestinationZone, rule.ContainsZone)));
        }

        return attributes.Count == 0 ? null : new FareCalculator(attributes, rules);
    }

    private static string IdOf(LiveFeed feed, string fare) => $"{feed.Name}:{fare}";
}
