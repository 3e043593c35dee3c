using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

/// <summary>What many open streams cost: resident memory of the whole host.</summary>
internal static class ConnectionsPart
{
    private const int Streams = 20_000;
    private const double Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var streams = await OpenFiles.StreamsAsync(Streams);
        await MeasureAsync(report, streams, throughGateway: false, cancellationToken);
        await MeasureAsync(report, streams, throughGateway: true, cancellationToken);
    }

    private static async Task MeasureAsync(Report report, int streams, bool throughGateway, CancellationToken cancellationToken)
    {
        await using var host = await MeasuredHost.StartAsync(devices: 1);
        using var gauge = await DeliveriesPart.ConnectAsync(host);
        Pause.For(Settling, cancellationToken);
        var before = host.ResidentBytes / Mebibyte;
        await using var pages = await PageFleet.OpenAsync(throughGateway ? host.Gateway : host.Alerts, streams);
        // A heartbeat has gone through each by then.
        Pause.For(Settling, cancellationToken);
        var after = host.ResidentBytes / Mebibyte;
        var (way, key) = throughGateway ? ("through the gateway", "Gateway") : ("of the service", "");
        report.Add(new Figure($"host with {streams:#,0} open streams {way}", $"streams{key}Mebibytes", "MiB", [after]) { Target = $"below {600.0 * streams / Streams:0}" });
        report.Add(new Figure("- without any", $"noStreams{key}Mebibytes", "MiB", [before]));
        report.Add(new Figure("- a stream", $"stream{key}Kibibytes", "KiB", [1024 * (after - before) / streams]));
        await pages.BeginAsync();
        await gauge.PublishAsync(1);
        var reached = (await pages.TakeAsync()).Reached;
        report.Add(new Figure($"- just after an alert to all of them ({reached:#,0} had it)", $"streamsAfterAlert{key}Mebibytes", "MiB", [host.ResidentBytes / Mebibyte]));
        if (streams < Streams)
        {
            report.Note($"A process may have as many files open here as {streams:#,0} streams {way} take; {Streams:#,0} would take {before + ((after - before) / streams * Streams):0} MiB.");
        }
    }
}
