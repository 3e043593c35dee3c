using System.Diagnostics;
using System.Globalization;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>What a chart of thirty days asks, over readings a minute apart that came in by MQTT.</summary>
internal static class ChartPart
{
    private const int Devices = 10;
    private const int Questions = 300;
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var pipeline = await IngestProcess.StartAsync(database: "", Devices);
        var begin = DateTimeOffset.UtcNow - Span;
        await using var fleet = await DeviceFleet.ConnectAsync(
            pipeline.MqttPort, new FleetShape(Devices, Metrics: 5, MessagesAtOnce: 16) { Begin = begin, Step = TimeSpan.FromMinutes(1) });
        fleet.StayWithin(IngestRun.MostAhead);
        var each = (long)Span.TotalMinutes;
        fleet.Start(messagesOnAConnection: each);
        await new IngestRun(pipeline, fleet).StoredAsync(Devices * each, cancellationToken);

        using var client = new HttpClient { BaseAddress = pipeline.Address };
        foreach (var (bucket, name) in ((string, string)[])[("auto", "Auto"), ("1h", "Hours"), ("10m", "TenMinutes")])
        {
            var times = await AskAsync(client, bucket, begin, cancellationToken);
            report.Add(new Figure($"30 days of readings a minute apart, bucket={bucket}: median", $"chart{name}P50Milliseconds", "ms", [times[times.Length / 2]]));
            report.Add(new Figure("- 99 %", $"chart{name}P99Milliseconds", "ms", [times[(int)(0.99 * (times.Length - 1))]]) { Target = "below 20" });
        }
    }

    private static async Task<double[]> AskAsync(HttpClient client, string bucket, DateTimeOffset begin, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var question = 0; question < Questions; question++)
        {
            // Another device each time; the first third is the warm-up.
            var from = Uri.EscapeDataString(begin.ToString("O", CultureInfo.InvariantCulture));
            var address = new Uri(string.Create(CultureInfo.InvariantCulture,
                $"/api/{IngestProcess.Town}/telemetry/devices/gauge-{question % Devices}/readings?metric=waterLevelMetres&from={from}&bucket={bucket}"), UriKind.Relative);
            var clock = Stopwatch.GetTimestamp();
            var answer = await client.GetByteArrayAsync(address, cancellationToken);
            if (answer.Length < 10_000)
            {
                throw new InvalidOperationException($"A chart of {answer.Length} bytes is not one of thirty days.");
            }

            if (question > Questions / 3)
            {
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }

        return [.. times.Order()];
    }
}
