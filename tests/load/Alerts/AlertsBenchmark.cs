using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

/// <summary>Alerts, from the reading to the open pages and subscriptions, on the one-machine host in a process of its own.</summary>
internal static class AlertsBenchmark
{
    public static readonly string[] Parts = ["pages", "connections", "deliveries", "bulletins", "areas"];

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var (part, run) in Parts.Zip<string, Func<LoadOptions, Report, CancellationToken, Task>>(
            [PagesPart.RunAsync, ConnectionsPart.RunAsync, DeliveriesPart.RunAsync, BulletinsPart.RunAsync, AreasPart.RunAsync]))
        {
            if (options.Wants(part))
            {
                await run(options, report, cancellationToken);
            }
        }
    }
}
