using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartCity.TestKit;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Planning.Towns;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Tests.Planning.Towns;

public sealed class PlannerTownsTests : IDisposable
{
    private const string Uozu = "162043";

    private readonly LiveTimetables _live = new();
    private readonly FakeClock _clock = new();
    private readonly PlannerTowns _towns;

    public PlannerTownsTests() => _towns = new PlannerTowns(
        _live, new RealtimeBoard(Options.Create(new SilenceOptions()), _clock), new TownPlans(), Options.Create(new SilenceOptions()), Options.Create(new PlannerOptions()), _clock,
        NullLogger<PlannerTowns>.Instance);

    public void Dispose() => _towns.Dispose();

    [Fact]
    public async Task FindAsync_WithoutAFeed_WaitsForNothing()
    {
        var lookup = await _towns.FindAsync(Uozu, CancellationToken.None);

        (lookup.Town, lookup.IsComing).ShouldBe((null, false));
    }

    [Fact]
    public async Task FindAsync_WhileTheFirstIsBuilt_WaitsForItsBoundAndNoLonger()
    {
        Serve("1");

        var asked = _towns.FindAsync(Uozu, CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(9));
        asked.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await asked).ShouldBe(new(null, IsComing: true));
    }

    [Fact]
    public async Task FindAsync_WhenTheFirstIsBuiltMeanwhile_HasIt()
    {
        Serve("1");
        var asked = _towns.FindAsync(Uozu, CancellationToken.None).AsTask();
        await _towns.StartAsync(CancellationToken.None);

        (await asked).Town.ShouldNotBeNull().FeedVersion.ShouldBe("1");
        await _towns.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task FindAsync_WhileANewVersionIsBuilt_StillHasTheOldOne()
    {
        Serve("1");
        await _towns.StartAsync(CancellationToken.None);
        await _towns.SettleAsync(Uozu, CancellationToken.None);
        // From here on nothing is built.
        await _towns.StopAsync(CancellationToken.None);
        Serve("2");

        var lookup = _towns.FindAsync(Uozu, CancellationToken.None);

        lookup.IsCompleted.ShouldBeTrue();
        (await lookup).Town.ShouldNotBeNull().FeedVersion.ShouldBe("1");
    }

    private void Serve(string version) => _live.Set(new TownTimetable(Uozu, [new LiveFeed("main", version, new FeedBuilder().Read().Feed!)]));
}
