using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Streaming;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Tests.Streaming;

/// <summary>What the writers leave, and how it is handed out, without a service around it.</summary>
public sealed class LiveReadingsTests
{
    private const string Town = TelemetryApp.Town;
    private readonly LiveReadings _live = new(new LiveMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    [Fact]
    public void Committed_WhenNobodyListens_KeepsNothing()
    {
        _live.Committed([Point(Town, "a", 1)]);
        _live.Towns.ShouldBeEmpty();
        _live.Wakes.Count.ShouldBe(0);
    }

    [Fact]
    public void Committed_WhenSeveralTownsShareABatch_GivesEachItsOwn()
    {
        var one = Open(Town);
        var other = Open(TelemetryApp.OtherTown);
        _live.Committed([Point(Town, "a", 1), Point(TelemetryApp.OtherTown, "b", 2), Point("999999", "c", 3), Point(Town, "d", 4)]);
        Distribute();
        one.Take().Readings.Select(reading => reading.Device).ShouldBe(["a", "d"]);
        other.Take().Readings.Select(reading => reading.Device).ShouldBe(["b"]);
    }

    [Fact]
    public void Committed_WhenAClientNeverReads_NeitherWaitsNorGrows()
    {
        var client = Open(Town);
        for (var t = 1; t <= 10_000; t++)
        {
            _live.Committed([Point(Town, "a", t), Point(Town, "b", t)]);
            Distribute();
        }

        var (readings, conflated) = client.Take();
        readings.Select(reading => (reading.Device, reading.T)).ShouldBe([("a", 10_000), ("b", 10_000)]);
        conflated.ShouldBe(19_998);
    }

    [Fact]
    public void Distribute_WhenAnotherReplicaCommitted_PassesOnWhatIsNewer()
    {
        var client = Open(Town);
        var town = _live.Towns.Single().Value;
        town.Begin([new LiveReading("a", "m", 5, 0)]);
        town.Distribute([new LiveReading("a", "m", 5, 0), new LiveReading("b", "m", 1, 0)]);
        town.Distribute([new LiveReading("a", "m", 6, 0), new LiveReading("b", "m", 1, 0)]);
        client.Take().Readings.Select(reading => (reading.Device, reading.T)).ShouldBe([("b", 1), ("a", 6)]);
    }

    [Fact]
    public void Distribute_WhenALookWasFasterThanTheCommit_TellsOnce()
    {
        var client = Open(Town);
        var town = _live.Towns.Single().Value;
        town.Distribute([new LiveReading("a", "m", 6, 0)]);
        _live.Committed([Point(Town, "a", 6), Point(Town, "a", 4)]);
        town.Distribute([]);
        client.Take().Readings.Select(reading => reading.T).ShouldBe([6, 4]);
    }

    [Fact]
    public async Task Open_WhenTheServiceStops_EndsAtOnce()
    {
        _live.CloseAll();
        (await Open(Town).WaitAsync(CancellationToken.None)).ShouldBeFalse();
    }

    private LiveClient Open(string town)
    {
        var client = new LiveClient(town, new LiveFilter(new TownDirectory(), town, [], [], []), queueReadings: 2);
        _live.Open(client);
        return client;
    }

    private void Distribute()
    {
        foreach (var (_, town) in _live.Towns)
        {
            town.Distribute([]);
        }
    }

    private static (SeriesHead Series, Point Point) Point(string town, string device, long t)
        => (new SeriesHead(new DeviceHead(town, device), 1, "m", long.MinValue, 0), new Point(t, 0, t));
}
