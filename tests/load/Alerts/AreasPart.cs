using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

internal static class AreasPart
{
    public static Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken) => Task.CompletedTask;
}
