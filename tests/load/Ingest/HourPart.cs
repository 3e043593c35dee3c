using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>An hour of a thousand devices with a message a second each, dated as in that hour and sent as fast as the store takes it.</summary>
internal static class HourPart
{
    private const int Devices = 1_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var pipeline = await IngestProcess.StartAsync(database: "", Devices);
        var shape = new FleetShape(Devices, Metrics: 5, MessagesAtOnce: 16) { Begin = DateTimeOffset.UtcNow - Hour, Step = TimeSpan.FromSeconds(1) };
        await using var fleet = await DeviceFleet.ConnectAsync(pipeline.MqttPort, shape);
        fleet.StayWithin(IngestRun.MostAhead);
        fleet.Start(messagesOnAConnection: (long)Hour.TotalSeconds);
        var total = Devices * (long)Hour.TotalSeconds;
        var memory = new List<(long Stored, long Bytes)>();
        await new IngestRun(pipeline, fleet).StoredAsync(total, cancellationToken, stored =>
        {
            if (memory.Count == 0 || stored - memory[^1].Stored >= total / 60)
            {
                memory.Add((stored, pipeline.ResidentBytes));
            }
        });

        // The first third is a process that grows warm.
        var (middle, end) = (MeanOf(memory, total / 3, 2 * total / 3), MeanOf(memory, 2 * total / 3, total));
        report.Add(new Figure("an hour of 1,000 devices, 1 message/s each: memory in the second third", "hourMemoryMebibytes", "MiB", [middle]));
        report.Add(new Figure("- in the last third", "hourEndMemoryMebibytes", "MiB", [end]) { Target = "flat" });
        report.Add(new Figure("- most", "hourMostMemoryMebibytes", "MiB", [memory.Max(sample => sample.Bytes) / 1048576.0]));
    }

    private static double MeanOf(List<(long Stored, long Bytes)> memory, long from, long to)
        => memory.Where(sample => sample.Stored >= from && sample.Stored <= to).Average(sample => sample.Bytes) / 1048576.0;
}
