using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

internal static class BulletinsPart
{
    public static Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken) => Task.CompletedTask;
}
