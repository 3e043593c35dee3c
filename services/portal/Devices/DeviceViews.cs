using SmartCity.Contracts.Towns;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.Devices;

/// <summary>Gathers a device's page from telemetry.</summary>
public sealed class DeviceViews(CityBackend backend)
{
    /// <summary>Charts of one page; a device with more metrics has links to the others.</summary>
    private const int MostCharts = 3;

    /// <summary>Null where the town has no such device.</summary>
    public async Task<DevicePageView?> GatherAsync(Town town, string id, DeviceWindow window, CancellationToken cancellationToken)
    {
        if (town.Devices.FirstOrDefault(device => device.Id == id) is not { } device)
        {
            return null;
        }

        var state = await backend.DeviceAsync(town, id, cancellationToken);
        // What rules watch comes first: it is why the device stands there. A battery is its keeper's affair and comes last.
        var metrics = (state.Value?.Latest.Keys ?? [])
            .OrderBy(metric => BoundsOf(town, device, metric).Count > 0 ? 0 : metric.StartsWith("battery", StringComparison.OrdinalIgnoreCase) ? 2 : 1)
            .ThenBy(metric => metric, StringComparer.Ordinal).ToList();
        var shown = window.Metric is { } only && metrics.Contains(only, StringComparer.Ordinal) ? [only] : metrics.Take(MostCharts).ToList();
        var charts = await Task.WhenAll(shown.Select(metric => SeriesAsync(town, device, metric, window, cancellationToken)));
        return new DevicePageView(town, device, state, window, charts, [.. metrics.Except(shown, StringComparer.Ordinal)]);
    }

    private async Task<MetricSeries> SeriesAsync(Town town, Device device, string metric, DeviceWindow window, CancellationToken cancellationToken)
    {
        var bucket = window.Bucket.Name;
        var before = window.Compares
            ? backend.BucketsAsync(town, device.Id, new BucketQuestion(metric, window.From - window.CompareShift, window.To - window.CompareShift, bucket), cancellationToken)
            : null;
        var now = await backend.BucketsAsync(town, device.Id, new BucketQuestion(metric, window.From, window.To, bucket), cancellationToken);
        return new MetricSeries(metric, now, before is null ? null : await before, BoundsOf(town, device, metric));
    }

    private static List<ThresholdRule> BoundsOf(Town town, Device device, string metric)
        => [.. town.Rules.OfType<ThresholdRule>().Where(rule => rule.DeviceKind == device.Kind && rule.Metric == metric).OrderBy(rule => rule.RaiseAt)];
}
