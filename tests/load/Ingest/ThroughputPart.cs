using SmartCity.Load.Processes;
using SmartCity.Load.Relay;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>A thousand devices as fast as the store takes it, beside what a town would otherwise put together, and mosquitto that only passes messages on.</summary>
internal static class ThroughputPart
{
    public const int Devices = 1_000;
    private const int MessagesAtOnce = 16;
    private const int Gathered = 64;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var metrics in (int[])[5, 1])
        {
            var (ours, theirs, relay) = (new List<IngestResult>(), new List<IngestResult>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                await using (var pipeline = await IngestProcess.StartAsync(database: "", Devices))
                {
                    ours.Add(await MeasureAsync(pipeline, metrics, options, cancellationToken));
                }

                if (options.Peers)
                {
                    await PeersAsync(metrics, options, report, theirs, relay, cancellationToken);
                }
            }

            Tell(report, metrics, ours, theirs, relay);
        }
    }

    private static async Task PeersAsync(
        int metrics, LoadOptions options, Report report, List<IngestResult> pipelines, List<double> relays, CancellationToken cancellationToken)
    {
        if (await PeerPipeline.StartAsync() is { } pipeline)
        {
            await using (pipeline)
            {
                pipelines.Add(await MeasureAsync(pipeline, metrics, options, cancellationToken));
            }
        }
        else
        {
            report.Note("The pipeline of mosquitto and Node.js is not installed: apt-get install mosquitto, npm ci in tests/load/peers");
        }

        if (await PeerBroker.StartMosquittoAsync() is { } broker)
        {
            await using (broker)
            {
                using var run = new RelayRun(broker, qualityOfService: 1, isVersion5: false, Gathered);
                relays.Add(run.Run(options.WarmUp, options.Duration, cancellationToken).MessagesPerSecond);
            }
        }
    }

    private static async Task<IngestResult> MeasureAsync(IMeasuredPipeline pipeline, int metrics, LoadOptions options, CancellationToken cancellationToken)
    {
        await using var fleet = await DeviceFleet.ConnectAsync(pipeline.MqttPort, new FleetShape(Devices, metrics, MessagesAtOnce));
        return await new IngestRun(pipeline, fleet).RunAsync(options.WarmUp * 4, options.Duration, cancellationToken);
    }

    private static void Tell(Report report, int metrics, List<IngestResult> ours, List<IngestResult> theirs, List<double> relay)
    {
        var (suffix, target) = metrics == 1 ? ("OfOneReading", "at least 25,000") : ("", "at least 20,000; 5 x the pipeline; above the relay");
        var peers = PeersOf(theirs, result => result.MessagesPerSecond);
        if (relay.Count > 0)
        {
            peers["mosquitto relaying, QoS 1"] = relay;
        }

        report.Add(new Figure($"messages of {metrics} reading{(metrics == 1 ? "" : "s")}, durable", "messagesPerSecond" + suffix, "messages/s", [.. ours.Select(result => result.MessagesPerSecond)])
        {
            Target = target,
            Peers = peers,
        });
        report.Add(Of("- readings", "readingsPerSecond", "readings/s", result => metrics * result.MessagesPerSecond));
        report.Add(Of("- processor time, broker to disk", "microsecondsPerMessage", "µs/message", result => result.Microseconds));
        report.Add(Of("- acknowledged and never stored", "lost", "messages", result => result.Lost) with { Target = "0" });

        Figure Of(string name, string key, string unit, Func<IngestResult, double> value)
            => new(name, key + suffix, unit, [.. ours.Select(value)]) { Peers = PeersOf(theirs, value) };
    }

    private static Dictionary<string, IReadOnlyList<double>> PeersOf(List<IngestResult> results, Func<IngestResult, double> value)
        => results.Count == 0 ? new(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["mosquitto + Node.js"] = [.. results.Select(value)] };
}
