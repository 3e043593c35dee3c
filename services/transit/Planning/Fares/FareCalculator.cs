namespace SmartCity.Transit.Planning.Fares;

/// <summary>A line of <c>fare_attributes.txt</c>.</summary>
/// <param name="Transfers">Transfers that it allows; null: any number.</param>
/// <param name="TransferSeconds">How long after the first boarding the last may be; null: however long.</param>
public sealed record FareAttribute(string Id, decimal Price, string Currency, int? Transfers, int? TransferSeconds = null)
{
    /// <summary>It pays for rides of this feed only; null: of all.</summary>
    public string? Feed { get; init; }

    /// <summary>It pays for rides of this agency only; null: of all.</summary>
    public string? AgencyId { get; init; }

    internal bool IsOf(FareRide ride) => (Feed is null || Feed == ride.Feed) && (AgencyId is null || AgencyId == ride.AgencyId);
}

/// <summary>A line of <c>fare_rules.txt</c>; what is null is not asked for.</summary>
public sealed record FareRule(string FareId, string? RouteId = null, string? OriginZone = null, string? DestinationZone = null, string? ContainsZone = null);

/// <summary>A ride that is to be paid for.</summary>
/// <param name="Zones">Of every stop from boarding to alighting; null where a stop has none.</param>
public sealed record FareRide(string RouteId, IReadOnlyList<string?> Zones, int StartSeconds)
{
    public string? Feed { get; init; }

    public string? AgencyId { get; init; }
}

/// <summary>
/// The least price of a journey by GTFS fares, version 1 (reference of <c>fare_attributes.txt</c> and <c>fare_rules.txt</c>): rides one after
/// the other may be paid together as far as a fare allows transfers. A fare without rules is valid everywhere; one with rules where all that
/// one of them asks for is so, and all zones that it says are contained are exactly those passed.
/// </summary>
public sealed class FareCalculator
{
    private readonly List<Fare> _everywhere = [];
    private readonly Dictionary<(string? Origin, string? Destination), List<Fare>> _byEnds = [];

    public FareCalculator(IReadOnlyCollection<FareAttribute> fares, IEnumerable<FareRule> rules)
    {
        var attributes = fares.DistinctBy(fare => fare.Id, StringComparer.Ordinal).ToDictionary(fare => fare.Id, StringComparer.Ordinal);
        var ruled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in rules.GroupBy(rule => (rule.FareId, rule.OriginZone, rule.DestinationZone)))
        {
            ruled.Add(group.Key.FareId);
            if (attributes.TryGetValue(group.Key.FareId, out var attribute))
            {
                var ends = (group.Key.OriginZone, group.Key.DestinationZone);
                (_byEnds.TryGetValue(ends, out var list) ? list : _byEnds[ends] = []).Add(new Fare(attribute, [.. group]));
            }
        }

        _everywhere.AddRange(attributes.Values.Where(fare => !ruled.Contains(fare.Id)).Select(fare => new Fare(fare, [])));
    }

    /// <returns>Null where a ride has no fare, or where fares of several currencies would have to be added.</returns>
    public (decimal Amount, string Currency)? Cheapest(IReadOnlyList<FareRide> rides)
    {
        // The least price of the first n rides, in each currency.
        var least = new Dictionary<string, decimal>[rides.Count + 1];
        for (var paid = 0; paid <= rides.Count; paid++)
        {
            least[paid] = new Dictionary<string, decimal>(StringComparer.Ordinal);
        }

        for (var from = 0; from < rides.Count; from++)
        {
            for (var to = from + 1; to <= rides.Count && (from == 0 || least[from].Count > 0); to++)
            {
                foreach (var fare in Valid(rides, from, to))
                {
                    if (from == 0 || least[from].ContainsKey(fare.Currency))
                    {
                        var price = fare.Price + (from == 0 ? 0 : least[from][fare.Currency]);
                        least[to][fare.Currency] = least[to].TryGetValue(fare.Currency, out var other) ? Math.Min(other, price) : price;
                    }
                }
            }
        }

        return rides.Count > 0 && least[^1].Count == 1 ? (least[^1].Values.Single(), least[^1].Keys.Single()) : null;
    }

    /// <summary>Fares that pay for all rides from one to before another.</summary>
    private IEnumerable<FareAttribute> Valid(IReadOnlyList<FareRide> rides, int from, int to)
    {
        var (first, last) = (rides[from], rides[to - 1]);
        var (origin, destination) = (first.Zones.Count > 0 ? first.Zones[0] : null, last.Zones.Count > 0 ? last.Zones[^1] : null);
        (string?, string?)[] ends = [(origin, destination), (origin, null), (null, destination), (null, null)];
        var passed = rides.Skip(from).Take(to - from).ToList();
        return ends.Distinct().SelectMany(end => _byEnds.GetValueOrDefault(end, [])).Concat(_everywhere)
            .Where(fare => (fare.Attribute.Transfers is not { } transfers || to - from - 1 <= transfers)
                && (fare.Attribute.TransferSeconds is not { } seconds || last.StartSeconds - first.StartSeconds <= seconds)
                && passed.TrueForAll(fare.Attribute.IsOf)
                && fare.Pays(passed))
            .Select(fare => fare.Attribute);
    }

    /// <summary>A fare with those of its rules that ask for the same ends.</summary>
    private sealed record Fare(FareAttribute Attribute, IReadOnlyList<FareRule> Rules)
    {
        public bool Pays(IReadOnlyList<FareRide> rides)
        {
            if (Rules.Count == 0)
            {
                return true;
            }

            var contained = Rules.Where(rule => rule.ContainsZone is not null).Select(rule => rule.ContainsZone!).ToHashSet(StringComparer.Ordinal);
            return rides.All(ride => Rules.Any(rule => rule.RouteId is null || rule.RouteId == ride.RouteId))
                && (contained.Count == 0 || contained.SetEquals(rides.SelectMany(ride => ride.Zones).Where(zone => zone is not null).Select(zone => zone!)));
        }
    }
}
