using SmartCity.Load.Alerts;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Transit;

/// <summary>From the zip to the answer that it is live, each time in a host that has just started.</summary>
internal static class ImportPart
{
    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var feed in MeasuredFeed.All())
        {
            var (times, grown) = (new List<double>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                await using var host = await MeasuredHost.StartAsync(devices: 1);
                host.ForgetPeak();
                var before = host.ResidentBytes;
                times.Add((await feed.PostAsync(host, cancellationToken)).TotalMilliseconds);
                grown.Add((host.PeakBytes - before) / 1024.0 / 1024.0);
            }

            report.Add(new Figure($"{feed.Name}: POST feeds to its answer", feed.Key + "ImportMilliseconds", "ms", times) { Target = "below 3,000" });
            report.Add(new Figure("- most resident memory of the host above that before", feed.Key + "ImportMebibytes", "MiB", grown) { Target = "below 300" });
        }
    }
}
