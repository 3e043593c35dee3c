using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>From the reading to the event at its subscriber, while the other devices send half of what the store is to take.</summary>
internal static class LatencyPart
{
    private const int Devices = 1_000;
    private const int CrossingDevices = 20;
    private const double HalfLoad = 10_000;
    private const double CrossingsPerSecond = 100;

    /// <summary>The just-in-time compiler needs as long to come to its end beside a load on two cores.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var (p50, p99, above, events, lost, doubled) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            await using var app = await ThresholdApp.StartAsync();
            await using var pipeline = await IngestProcess.StartAsync(database: "", Devices + CrossingDevices, app.Address.ToString());
            await using var crowd = await DeviceFleet.ConnectAsync(pipeline.MqttPort, new FleetShape(Devices, Metrics: 5, MessagesAtOnce: 1));
            await using var crossing = await DeviceFleet.ConnectAsync(
                pipeline.MqttPort, new FleetShape(CrossingDevices, Metrics: 1, MessagesAtOnce: 1) { FirstDevice = Devices, Crosses = true });
            crowd.Start(HalfLoad);
            crossing.Start(CrossingsPerSecond);
            Pause.For(WarmUp, cancellationToken);
            app.Begin();
            Pause.For(options.Duration, cancellationToken);
            var latencies = app.Latencies();
            above.Add(100 * app.ShareAbove(50));
            await crossing.StopAsync();
            await crowd.StopAsync();
            Wait.Until(() => app.Events >= crossing.Acknowledged - CrossingDevices, TimeSpan.FromSeconds(20), cancellationToken);
            p50.Add(latencies.P50);
            p99.Add(latencies.P99);
            events.Add(app.Events);
            doubled.Add(app.Doubled);
            // The first message of a device may be below the bound and fire nothing.
            lost.Add(Math.Max(0, crossing.Acknowledged - CrossingDevices - app.Events));
        }

        report.Add(new Figure("reading to event at 10,000 messages/s of 5 readings, median", "p50Milliseconds", "ms", p50));
        report.Add(new Figure("- 99 %", "p99Milliseconds", "ms", p99) { Target = "below 50" });
        report.Add(new Figure("- share above 50 ms", "above50MillisecondsPercent", "%", above) { Target = "below 1" });
        report.Add(new Figure("- events", "events", "events", events));
        report.Add(new Figure("- crossings acknowledged without an event", "lostEvents", "events", lost) { Target = "0" });
        report.Add(new Figure("- events delivered twice (at least once is the promise)", "doubledEvents", "events", doubled));
    }
}
