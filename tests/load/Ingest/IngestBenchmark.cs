using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>From MQTT to durable: devices, broker, grains, rules and store on this machine.</summary>
internal static class IngestBenchmark
{
    public static readonly string[] Parts = ["throughput", "latency", "overload", "hour", "devices", "chart"];

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var (part, run) in Parts.Zip<string, Func<LoadOptions, Report, CancellationToken, Task>>(
            [ThroughputPart.RunAsync, LatencyPart.RunAsync, OverloadPart.RunAsync, HourPart.RunAsync, DevicesPart.RunAsync, ChartPart.RunAsync]))
        {
            if (options.Wants(part))
            {
                await run(options, report, cancellationToken);
            }
        }
    }
}
