using System.Diagnostics;
using Orleans;
using Orleans.Hosting;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Grains;

/// <summary>Calls to grains in the process: 1,000 grains, 100 callers, each waiting for its answer before the next call.</summary>
internal static class GrainBenchmark
{
    private const int Grains = 1_000;
    private const int Callers = 100;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        Console.WriteLine("Grain calls");
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var factory = host.Services.GetRequiredService<IGrainFactory>();
        var grains = Enumerable.Range(0, Grains).Select(key => factory.GetGrain<ICounterGrain>(key)).ToArray();
        await CallAsync(grains, options.WarmUp, cancellationToken);
        var rates = new List<double>();
        var bytes = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var clock = Stopwatch.StartNew();
            var calls = await CallAsync(grains, options.Duration, cancellationToken);
            rates.Add(calls / clock.Elapsed.TotalSeconds);
            bytes.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)calls);
        }

        await host.StopAsync(cancellationToken);
        report.Add(new Figure("grain calls, 1,000 grains, 100 callers", "grainCallsPerSecond", "calls/s", rates) { Target = "at least 1,000,000" });
        report.Add(new Figure("allocated by a grain call", "grainCallAllocatedBytes", "bytes", bytes) { Target = "at most 200" });
    }

    private static async Task<long> CallAsync(ICounterGrain[] grains, TimeSpan duration, CancellationToken cancellationToken)
    {
        var counts = new long[Callers];
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            // Each caller walks through all grains from a place of its own; the clock is read now and then only.
            var next = caller * (Grains / Callers);
            while (Stopwatch.GetTimestamp() < end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var call = 0; call < 256; call++)
                {
                    await grains[next].Add(1);
                    next = next + 1 == Grains ? 0 : next + 1;
                }

                counts[caller] += 256;
            }
        }, cancellationToken)));
        return counts.Sum();
    }
}
