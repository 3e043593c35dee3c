using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>A hundred thousand registered devices, ten thousand of which send: each has a grain that is active.</summary>
internal static class DevicesPart
{
    private const int Registered = 100_000;
    private const int Active = 10_000;
    private const int MessagesOfEach = 5;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var pipeline = await IngestProcess.StartAsync(database: "", Registered);
        var before = await pipeline.CollectedBytesAsync();
        await using var fleet = await DeviceFleet.ConnectAsync(pipeline.MqttPort, new FleetShape(Active, Metrics: 5, MessagesAtOnce: 16) { DevicesOnAConnection = 100 });
        fleet.StayWithin(IngestRun.MostAhead);
        fleet.Start(messagesOnAConnection: 100 * MessagesOfEach);
        await new IngestRun(pipeline, fleet).StoredAsync(Active * MessagesOfEach, cancellationToken);

        report.Add(new Figure("100,000 registered devices: memory before any of them sends", "registeredMemoryMebibytes", "MiB", [before / 1048576.0]));
        report.Add(new Figure("- with 10,000 active grains", "activeMemoryMebibytes", "MiB", [await pipeline.CollectedBytesAsync() / 1048576.0]) { Target = "below 500" });
    }
}
