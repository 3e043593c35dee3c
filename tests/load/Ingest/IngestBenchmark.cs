using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>From MQTT to durable: devices, broker, grains, rules and store on this machine.</summary>
internal static class IngestBenchmark
{
    public static readonly string[] Parts = ["throughput"];

    private const int Devices = 1_000;
    private const int MessagesAtOnce = 16;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        if (options.Wants("throughput"))
        {
            await ThroughputAsync(options, report, metrics: 5, cancellationToken);
            await ThroughputAsync(options, report, metrics: 1, cancellationToken);
        }
    }

    private static async Task ThroughputAsync(LoadOptions options, Report report, int metrics, CancellationToken cancellationToken)
    {
        var ours = new List<IngestResult>();
        for (var round = 0; round < options.Rounds; round++)
        {
            await using var pipeline = await IngestProcess.StartAsync(database: "", Devices);
            ours.Add(await MeasureAsync(pipeline, metrics, options, cancellationToken));
        }

        var (suffix, target) = metrics == 1 ? ("OfOneReading", "at least 25,000") : ("", "at least 20,000");
        report.Add(new Figure($"messages of {metrics} reading{(metrics == 1 ? "" : "s")}, durable", "messagesPerSecond" + suffix, "messages/s", [.. ours.Select(result => result.MessagesPerSecond)])
        {
            Target = target,
        });
        report.Add(new Figure("- readings", "readingsPerSecond" + suffix, "readings/s", [.. ours.Select(result => metrics * result.MessagesPerSecond)]));
        report.Add(new Figure("- processor time, broker to disk", "microsecondsPerMessage" + suffix, "µs/message", [.. ours.Select(result => result.Microseconds)]));
        report.Add(new Figure("- acknowledged and never stored", "lost" + suffix, "messages", [.. ours.Select(result => (double)result.Lost)]) { Target = "0" });
    }

    private static async Task<IngestResult> MeasureAsync(IMeasuredPipeline pipeline, int metrics, LoadOptions options, CancellationToken cancellationToken)
    {
        await using var fleet = await DeviceFleet.ConnectAsync(pipeline.MqttPort, Devices, metrics, MessagesAtOnce);
        return await new IngestRun(pipeline, fleet).RunAsync(options.WarmUp * 4, options.Duration, cancellationToken);
    }
}
