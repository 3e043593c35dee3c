using SmartCity.Load.Alerts;
using SmartCity.Load.Gateway;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Transit;

/// <summary>The board of a busy stop, asked of the transit service of the one-machine host itself.</summary>
internal static class DeparturesPart
{
    private const int Connections = 64;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        if (!Wrk.IsInstalled)
        {
            report.Note("Departures were not measured: wrk is not installed (Debian: wrk).");
            return;
        }

        foreach (var feed in MeasuredFeed.All())
        {
            await using var host = await MeasuredHost.StartAsync(devices: 1);
            await feed.PostAsync(host, cancellationToken);
            var url = feed.Departures(host.Transit);
            await Wrk.RunAsync(url, Connections, options.WarmUp, token: null, cancellationToken);
            var results = new List<WrkResult>();
            for (var round = 0; round < options.Rounds; round++)
            {
                results.Add(await Wrk.RunAsync(url, Connections, options.Duration, token: null, cancellationToken));
            }

            report.Add(new Figure($"{feed.Name}: GET departures of a busy stop, {Connections} connections", feed.Key + "DeparturesPerSecond", "requests/s",
                [.. results.Select(result => result.RequestsPerSecond)])
            { Target = "at least 15,000" });
            report.Add(new Figure("- median", feed.Key + "DeparturesP50Milliseconds", "ms", [.. results.Select(result => result.MedianMilliseconds)]));
            report.Add(new Figure("- 99 %", feed.Key + "DeparturesP99Milliseconds", "ms", [.. results.Select(result => result.NinetyNinthMilliseconds)]));
            report.Add(new Figure("- refused or broken", feed.Key + "DeparturesFailures", "requests", [.. results.Select(result => (double)result.Failures)]) { Target = "0" });
        }
    }
}
