using SmartCity.Load.Processes;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Gateway;

/// <summary>Our gateway beside Debian's nginx, in turn in the same run, in front of the same backend.</summary>
internal static class GatewayBenchmark
{
    public static readonly string[] Parts = ["loaded", "single", "reload"];

    private const int Connections = 64;
    private const int Reloads = 5;
    private const string Nginx = "nginx";
    private const string Yarp = "YARP alone";

    // With less, the just-in-time compiler still takes a fifth of what the two .NET programs use: on two busy cores it comes to its end late.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);

    /// <returns>Whether everything that it needs is there.</returns>
    public static async Task<bool> RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        if (!Wrk.IsInstalled || !NginxProcess.IsInstalled)
        {
            await Console.Error.WriteLineAsync("gateway needs Debian's wrk, and nginx as the backend: apt-get install nginx wrk, and stop the service that comes with it.");
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("smartcity-gateway-").FullName;
        await using var backend = await NginxProcess.StartBackendAsync();
        await using var nginx = options.Peers ? await NginxProcess.StartProxyAsync(backend.Address) : null;
        await using var yarp = options.Peers ? await YarpProcess.StartAsync(backend.Address) : null;
        await using var gateway = await GatewayProcess.StartAsync(backend.Address, folder);
        var run = new Run(options, report, backend, nginx, yarp, gateway);
        await run.WarmUpAsync(WarmUp, cancellationToken);
        if (options.Wants(Parts[0]))
        {
            await run.MeasureAsync(Connections, "64 connections", "Loaded", cancellationToken);
        }

        if (options.Wants(Parts[1]))
        {
            await run.MeasureAsync(1, "one connection", "Single", cancellationToken);
        }

        if (options.Wants(Parts[2]))
        {
            await run.MeasureReloadsAsync(Connections, Reloads, cancellationToken);
        }

        Directory.Delete(folder, recursive: true);
        return true;
    }

    private sealed class Run(LoadOptions options, Report report, NginxProcess backend, NginxProcess? nginx, YarpProcess? yarp, GatewayProcess gateway)
    {
        private readonly Uri _ours = new(gateway.Address, $"/api/{MeasuredGateway.Town}/alerts/active");

        public async Task WarmUpAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            await Wrk.RunAsync(_ours, Connections, time, gateway.Token, cancellationToken);
            await Wrk.RunAsync(_ours, Connections, time, token: null, cancellationToken);
            if (yarp is not null)
            {
                await Wrk.RunAsync(new Uri(yarp.Address, _ours.AbsolutePath), Connections, time, gateway.Token, cancellationToken);
            }
        }

        public async Task MeasureAsync(int connections, string how, string key, CancellationToken cancellationToken)
        {
            List<WrkResult> direct = [], ours = [], oursCached = [], theirs = [], theirsCached = [], bare = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                async Task<WrkResult> OfAsync(ChildProcess program, Uri address, string? token = null)
                {
                    var before = program.ProcessorTime;
                    var result = await Wrk.RunAsync(new Uri(address, _ours.AbsolutePath), connections, options.Duration, token, cancellationToken);
                    var requests = result.RequestsPerSecond * options.Duration.TotalSeconds;
                    return result with { MicrosecondsPerRequest = (program.ProcessorTime - before).TotalMicroseconds / requests };
                }

                direct.Add(await OfAsync(backend, backend.Address));
                ours.Add(await OfAsync(gateway, gateway.Address, gateway.Token));
                oursCached.Add(await OfAsync(gateway, gateway.Address));
                if (nginx is not null && yarp is not null)
                {
                    bare.Add(await OfAsync(yarp, yarp.Address, gateway.Token));
                    theirs.Add(await OfAsync(nginx, nginx.Address, gateway.Token));
                    theirsCached.Add(await OfAsync(nginx, nginx.CachedAddress));
                }
            }

            var loaded = connections > 1;
            Peer[] proxies = [new(Nginx, theirs), new(Yarp, bare)];
            Peer[] caches = [new(Nginx, theirsCached)];
            Add($"proxied, {how}", $"proxied{key}RequestsPerSecond", "requests/s", Rate, ours, proxies, loaded ? "at least 0.60 of nginx" : "");
            Add("- latency, median", $"proxied{key}P50Milliseconds", "ms", Median, ours, proxies);
            Add("- processor time", $"proxied{key}MicrosecondsPerRequest", "µs/request", Processor, ours, proxies);
            Add("- latency, 99 %", $"proxied{key}P99Milliseconds", "ms", NinetyNinth, ours, proxies);
            Add("- added to a direct call, median", $"added{key}P50Milliseconds", "ms", Median, Added(ours, direct),
                proxies.Select(peer => peer with { Results = Added(peer.Results, direct) }).ToArray(), loaded ? "" : "at most 0.3");
            Add($"open data from memory, {how}", $"cached{key}RequestsPerSecond", "requests/s", Rate, oursCached, caches, loaded ? "above nginx" : "");
            Add("- processor time", $"cached{key}MicrosecondsPerRequest", "µs/request", Processor, oursCached, caches);
            Add("- latency, median", $"cached{key}P50Milliseconds", "ms", Median, oursCached, caches);
            Add($"direct to the backend, {how}", $"direct{key}RequestsPerSecond", "requests/s", Rate, direct, []);
        }

        public async Task MeasureReloadsAsync(int connections, int reloads, CancellationToken cancellationToken)
        {
            // A service that each reload makes anew.
            var url = new Uri(gateway.Address, "/api/100500/service-3/items/7");
            var times = new List<double>();
            var failures = 0L;
            for (var round = 0; round < reloads; round++)
            {
                var load = Wrk.RunAsync(url, connections, TimeSpan.FromSeconds(3), token: null, cancellationToken);
                await Task.Run(() => Pause.For(TimeSpan.FromSeconds(1), cancellationToken), cancellationToken);
                times.Add(await gateway.ReloadAsync());
                failures += (await load).Failures;
            }

            report.Add(new Figure($"reload of {MeasuredGateway.Towns} towns x {MeasuredGateway.ServicesOfATown} services under load", "reloadMilliseconds", "ms", times) { Target = "below 1,000" });
            report.Add(new Figure("requests dropped by it", "reloadDropped", "requests", [failures]) { Target = "0" });
        }

        private static double Rate(WrkResult result) => result.RequestsPerSecond;

        private static double Processor(WrkResult result) => result.MicrosecondsPerRequest;

        private static double Median(WrkResult result) => result.MedianMilliseconds;

        private static double NinetyNinth(WrkResult result) => result.NinetyNinthMilliseconds;

        private static List<WrkResult> Added(List<WrkResult> results, List<WrkResult> direct)
            => results.Select((result, round) => result with { MedianMilliseconds = result.MedianMilliseconds - direct[round].MedianMilliseconds }).ToList();

        private void Add(string name, string key, string unit, Func<WrkResult, double> of, List<WrkResult> ours, Peer[] peers, string target = "")
        {
            var measured = peers.Where(peer => peer.Results.Count > 0).ToArray();
            if (measured.SelectMany(peer => peer.Results).Concat(ours).Sum(result => result.Failures) is > 0 and var failures)
            {
                report.Note($"{name}: {failures} failures");
            }

            report.Add(new Figure(name, key, unit, ours.Select(of).ToArray())
            {
                Target = target,
                Peers = measured.ToDictionary(
                    peer => peer.Name, peer => (IReadOnlyList<double>)peer.Results.Select(of).ToArray(), StringComparer.Ordinal),
            });
        }

        private sealed record Peer(string Name, List<WrkResult> Results);
    }
}
