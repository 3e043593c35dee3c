using SmartCity.Transit.Planning.Search;

namespace SmartCity.Transit.Tests.Planning;

public sealed class BruteForceTests
{
    private const int Networks = 10_000;

    [Fact]
    public void Find_OnRandomNetworks_IsWhatTryingEveryWayGives()
    {
        var planner = new Planner();
        var answered = 0;
        Parallel.For(0, Networks, seed =>
        {
            var (network, query) = RandomNetworks.Of(seed);
            var expected = new BruteForce(network, query).Solve();
            var found = planner.Find(network.Build(), query);
            CostsOf(found, query).ShouldBe(expected, ignoreOrder: true, $"seed {seed}");
            Should.NotThrow(() => found.ToList().ForEach(new JourneyCheck(network, query).Ride), $"seed {seed}");
            Interlocked.Add(ref answered, found.Count > 0 ? 1 : 0);
        });

        // Questions without an answer prove little.
        answered.ShouldBeGreaterThan(Networks / 4);
    }

    /// <summary>Without a window only one end of a journey is compared; the other is as late (early) as it happens to be.</summary>
    private static List<Cost> CostsOf(IEnumerable<Journey> journeys, SearchQuery query) => [.. journeys.Select(journey => new Cost(
        !query.ArriveBy && query.WindowSeconds is null ? 0 : journey.DepartureSeconds,
        query.ArriveBy && query.WindowSeconds is null ? 0 : journey.ArrivalSeconds,
        journey.Rides,
        journey.WalkMetres))];
}
