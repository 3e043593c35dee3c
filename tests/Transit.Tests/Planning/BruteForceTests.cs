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
            var costs = found.Select(journey => new Cost(
                !query.ArriveBy && query.WindowSeconds is null ? 0 : journey.DepartureSeconds,
                query.ArriveBy && query.WindowSeconds is null ? 0 : journey.ArrivalSeconds,
                journey.Rides,
                journey.WalkMetres)).ToList();
            costs.ShouldBe(expected, ignoreOrder: true, $"seed {seed}");
            Interlocked.Add(ref answered, found.Count > 0 ? 1 : 0);
        });

        // Questions without an answer prove little.
        answered.ShouldBeGreaterThan(Networks / 4);
    }
}
