using SmartCity.Load.Reporting;

namespace SmartCity.Load.Transit;

/// <summary>Transit, part by part.</summary>
internal static class TransitBenchmark
{
    public static readonly string[] Parts = ["planner", "import", "http", "departures"];

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        foreach (var (part, run) in Parts.Zip<string, Func<LoadOptions, Report, CancellationToken, Task>>([PlannerPart.RunAsync, ImportPart.RunAsync, HttpPart.RunAsync, DeparturesPart.RunAsync]))
        {
            if (options.Wants(part))
            {
                await run(options, report, cancellationToken);
            }
        }
    }
}
