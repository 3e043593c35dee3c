using System.Diagnostics;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>From MQTT to durable: devices, broker, grains, rules and store on this machine.</summary>
internal static class IngestBenchmark
{
    public static readonly string[] Parts = ["throughput"];

    private const int Devices = 1_000;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            await using var platform = await IngestProcess.StartAsync(database: "", Devices);
            await using var fleet = await DeviceFleet.ConnectAsync(platform.MqttPort, Devices, metrics: 5, messagesAtOnce: 16);
            fleet.Start();
            Pause.For(options.WarmUp, cancellationToken);
            var clock = Stopwatch.StartNew();
            var (before, workBefore) = (await platform.CountAsync(), platform.ProcessorTime);
            Pause.For(options.Duration, cancellationToken);
            var after = await platform.CountAsync();
            var seconds = clock.Elapsed.TotalSeconds;
            rates.Add((after.Messages - before.Messages) / seconds);
            Console.WriteLine($"stored {(after.Messages - before.Messages) / seconds:0}/s, acknowledged {fleet.Acknowledged}, stored {after.Messages}, cpu {(platform.ProcessorTime - workBefore).TotalSeconds / seconds:0.00}, us/msg {(platform.ProcessorTime - workBefore).TotalMicroseconds / (after.Messages - before.Messages):0.0} rss {platform.ResidentBytes / 1048576} MiB");
            await fleet.StopAsync();
            var drain = Stopwatch.StartNew();
            while ((await platform.CountAsync()).Messages < fleet.Acknowledged && drain.Elapsed < TimeSpan.FromSeconds(60))
            {
                Pause.For(TimeSpan.FromMilliseconds(50), cancellationToken);
            }

            Console.WriteLine($"drained in {drain.Elapsed.TotalSeconds:0.0} s: acknowledged {fleet.Acknowledged}, {await platform.CountAsync()}");
        }

        report.Add(new Figure("messages of 5 readings, durable", "messagesPerSecond", "messages/s", rates) { Target = "at least 20,000" });
    }
}
