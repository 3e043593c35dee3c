using System.Diagnostics;
using SmartCity.Load.Alerts;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Transit;

/// <summary>Journeys over HTTP, asked of the transit service of the one-machine host itself.</summary>
internal static class HttpPart
{
    private const int Plans = 1_000;
    private const int Connections = 4;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var feed in MeasuredFeed.All())
        {
            await using var host = await MeasuredHost.StartAsync(devices: 1);
            await feed.PostAsync(host, cancellationToken);
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = host.Transit };
            // The first waits until the planner has the feed; the others have the compiler warm.
            await AskAsync(client, feed.Plans(1, 0), cancellationToken);
            var warm = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(warm) < options.WarmUp)
            {
                await AskAsync(client, feed.Plans(50, -1), cancellationToken);
            }

            var (rates, medians, high) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                var began = Stopwatch.GetTimestamp();
                var times = await AskAsync(client, feed.Plans(Plans, round + 1), cancellationToken);
                rates.Add(Plans / Stopwatch.GetElapsedTime(began).TotalSeconds);
                var (median, p99) = Percentile.Of(times);
                medians.Add(median);
                high.Add(p99);
            }

            report.Add(new Figure($"{feed.Name}: GET plan, {Connections} connections", feed.Key + "HttpPlansPerSecond", "plans/s", rates) { Target = "at least 1,500" });
            report.Add(new Figure("- median", feed.Key + "HttpP50Milliseconds", "ms", medians));
            report.Add(new Figure("- 99 %", feed.Key + "HttpP99Milliseconds", "ms", high));
        }
    }

    private static async Task<List<double>> AskAsync(HttpClient client, List<Uri> plans, CancellationToken cancellationToken)
    {
        var next = -1;
        var times = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var own = new List<double>();
            while (Interlocked.Increment(ref next) is var index && index < plans.Count)
            {
                var asked = Stopwatch.GetTimestamp();
                using var response = await client.GetAsync(plans[index], cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                own.Add(response.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(asked).TotalMilliseconds : throw new InvalidOperationException($"{plans[index]}: {body}"));
            }

            return own;
        }));
        return [.. times.SelectMany(each => each)];
    }
}
