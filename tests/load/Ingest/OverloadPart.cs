using System.Diagnostics;
using System.Globalization;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>
/// Three and ten times the rate that is promised. Devices send when it is their turn and wait for acknowledgements, which is
/// how the broker slows those who send more than it takes; nothing that it acknowledged may be missing afterwards.
/// </summary>
internal static class OverloadPart
{
    private const int Devices = 1_000;
    private const double Promised = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var times in (int[])[3, 10])
        {
            await MeasureAsync(times, options, report, cancellationToken);
        }
    }

    private static async Task MeasureAsync(int times, LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var pipeline = await IngestProcess.StartAsync(database: "", Devices);
        var shape = new FleetShape(Devices, Metrics: 5, MessagesAtOnce: times > 3 ? 64 : 4);
        await using var fleet = await DeviceFleet.ConnectAsync(pipeline.MqttPort, shape);
        fleet.Start(times * Promised);
        var (backlog, memory) = (0L, 0L);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < options.Duration * 2)
        {
            var (messages, _, _) = await pipeline.CountAsync();
            backlog = Math.Max(backlog, fleet.Acknowledged - messages);
            memory = Math.Max(memory, pipeline.ResidentBytes);
            Pause.For(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        var (acknowledged, seconds) = (fleet.Acknowledged, clock.Elapsed.TotalSeconds);
        await fleet.StopAsync();
        var draining = Stopwatch.StartNew();
        var stored = (Messages: 0L, Readings: 0L, Duplicates: 0L);
        while ((stored = await pipeline.CountAsync()).Messages < fleet.Acknowledged && draining.Elapsed < Patience)
        {
            Pause.For(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"overload{times}");
        report.Add(new Figure($"offered {times} times the promised rate ({times * Promised:N0}/s): acknowledged", key + "AcknowledgedPerSecond", "messages/s", [acknowledged / seconds]));
        report.Add(new Figure("- most acknowledged and not yet in the store", key + "BacklogMessages", "messages", [backlog]) { Target = "bounded" });
        report.Add(new Figure("- until it was in the store", key + "DrainSeconds", "s", [draining.Elapsed.TotalSeconds]));
        report.Add(new Figure("- most memory", key + "MemoryMebibytes", "MiB", [memory / 1048576.0]) { Target = "bounded" });
        report.Add(new Figure("- acknowledged and never stored", key + "Lost", "messages", [Math.Max(0, fleet.Acknowledged - stored.Messages)]) { Target = "0" });
        report.Add(new Figure("- readings stored twice", key + "Doubled", "readings", [Math.Max(0, stored.Readings - (5 * fleet.Published))]) { Target = "0" });
    }
}
