using System.Diagnostics;
using SmartCity.Load.Ingest;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

/// <summary>From the reading that crosses a bound to the open pages of a town, while its other gauges go on sending.</summary>
internal static class PagesPart
{
    private const int MostPages = 10_000;
    private const int Devices = 1_000;
    private const int MetricsOfAMessage = 5;
    private const double ReadingsPerSecond = 10_000;
    private const int WarmUpCrossings = 20;

    // About as many as an alert in all its languages has, which a test keeps below 8 KiB.
    private const int EventBytes = 8_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan BetweenCrossings = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var open = await OpenFiles.StreamsAsync(MostPages, Devices);
        await MeasureAsync(options, report, open, throughGateway: false, cancellationToken);
        await MeasureAsync(options, report, open, throughGateway: true, cancellationToken);
    }

    private static async Task MeasureAsync(LoadOptions options, Report report, int open, bool throughGateway, CancellationToken cancellationToken)
    {
        var (first, p50, p99, most, missing, processor, background) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        await using var host = await MeasuredHost.StartAsync(Devices + 1);
        await using var crowd = await DeviceFleet.ConnectAsync(
            host.MqttPort, new FleetShape(Devices, MetricsOfAMessage, MessagesAtOnce: 1) { Credentials = device => host.Devices[device] });
        using var crossing = await Gauge.ConnectAsync(
            host.MqttPort, new FleetShape(1, Metrics: 1, MessagesAtOnce: 1) { Crosses = true, Credentials = device => host.Devices[device] }, Devices);
        await using var pages = await PageFleet.OpenAsync(throughGateway ? host.Gateway : host.Alerts, open);
        crowd.Start(ReadingsPerSecond / MetricsOfAMessage);
        Pause.For(WarmUp, cancellationToken);
        for (var turn = 0; turn < WarmUpCrossings; turn++)
        {
            await CrossAsync(crossing, pages);
            Pause.For(BetweenCrossings, cancellationToken);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            var (taken, firsts) = (new List<double>(), new List<double>());
            var (lost, spent, clock) = (0, TimeSpan.Zero, Stopwatch.StartNew());
            var rest = Rest(host, cancellationToken);
            for (var turn = 0; turn < options.Seconds; turn++)
            {
                var (before, began) = (host.ProcessorTime, clock.Elapsed);
                var (milliseconds, reached) = await CrossAsync(crossing, pages);
                // What the other gauges cost meanwhile is taken off.
                spent += host.ProcessorTime - before - (rest * (clock.Elapsed - began).TotalSeconds);
                lost += open - reached;
                taken.AddRange(milliseconds);
                firsts.Add(milliseconds.DefaultIfEmpty().Min());
                Pause.For(BetweenCrossings, cancellationToken);
            }

            var (half, nearlyAll) = Percentile.Of(taken);
            first.Add(Percentile.Of(firsts).P50);
            p50.Add(half);
            p99.Add(nearlyAll);
            most.Add(taken[^1]);
            missing.Add(lost);
            background.Add(rest.TotalMilliseconds / 10);
            processor.Add(spent.TotalMicroseconds / options.Seconds / open);
        }

        await crowd.StopAsync();
        var peers = !throughGateway && options.Peers ? await MeasurePeerAsync(options, report, open, cancellationToken) : ([], []);
        var (way, key) = throughGateway ? ("through the gateway", "Gateway") : ("of the service", "");
        report.Add(new Figure($"reading over its bound to {open:#,0} open pages {way}, at {ReadingsPerSecond:#,0} readings/s; median", $"alertToPage{key}P50Milliseconds", "ms", p50) { Target = "below 60", Peers = peers.P50 });
        report.Add(new Figure("- the first page, median", $"alertToPage{key}FirstMilliseconds", "ms", first));
        report.Add(new Figure("- 99 %", $"alertToPage{key}P99Milliseconds", "ms", p99) { Target = "below 250", Peers = peers.P99 });
        report.Add(new Figure("- the last page", $"alertToPage{key}LastMilliseconds", "ms", most));
        report.Add(new Figure("- host's processor time for a page", $"alertToPage{key}ProcessorMicroseconds", "µs", processor));
        report.Add(new Figure("- and for the readings alone", $"readings{key}ProcessorPercent", "% of one", background));
        report.Add(new Figure("- alerts that did not come", $"alertToPage{key}Missing", "alerts", missing) { Target = "0" });
    }

    // From the moment that a bare server of streams, without readings, rules, a database or other load, begins to send as much to as many.
    private static async Task<(Dictionary<string, IReadOnlyList<double>> P50, Dictionary<string, IReadOnlyList<double>> P99)> MeasurePeerAsync(
        LoadOptions options, Report report, int open, CancellationToken cancellationToken)
    {
        var (p50, p99) = (new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal), new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal));
        if (await NodePeers.ServeStreamsAsync(EventBytes) is not var (server, address))
        {
            report.Note(NodePeers.Missing);
            return (p50, p99);
        }

        await using var peer = server;
        await using var pages = await PageFleet.OpenAsync(address, open);
        var taken = new List<double>();
        for (var turn = -WarmUpCrossings; turn < options.Seconds; turn++)
        {
            await pages.BeginAsync();
            var sent = Stopwatch.GetTimestamp();
            await peer.SendAsync();
            var milliseconds = (await pages.TakeAsync()).At.Select(at => Stopwatch.GetElapsedTime(sent, at).TotalMilliseconds).ToList();
            if (turn >= 0)
            {
                taken.AddRange(milliseconds);
            }

            Pause.For(BetweenCrossings, cancellationToken);
        }

        var (half, nearlyAll) = Percentile.Of(taken);
        (p50[NodePeers.Name], p99[NodePeers.Name]) = ([half], [nearlyAll]);
        return (p50, p99);
    }

    /// <returns>Processor time in a second without alerts.</returns>
    private static TimeSpan Rest(MeasuredHost host, CancellationToken cancellationToken)
    {
        var (before, clock) = (host.ProcessorTime, Stopwatch.StartNew());
        Pause.For(TimeSpan.FromSeconds(3), cancellationToken);
        return (host.ProcessorTime - before) / clock.Elapsed.TotalSeconds;
    }

    /// <returns>What pages waited, from just before the reading was sent, and how many had the alert.</returns>
    private static async Task<(double[] Milliseconds, int Reached)> CrossAsync(Gauge crossing, PageFleet pages)
    {
        await pages.BeginAsync();
        var sent = Stopwatch.GetTimestamp();
        await crossing.PublishAsync(1);
        var (at, reached) = await pages.TakeAsync();
        return ([.. at.Select(stamp => Stopwatch.GetElapsedTime(sent, stamp).TotalMilliseconds)], reached);
    }
}
