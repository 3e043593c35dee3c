using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Resident;

/// <summary>One value of one gauge, in words.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Place">Name of the device.</param>
/// <param name="Metric">What is measured, or null if nothing arrived yet.</param>
/// <param name="Value">With its unit.</param>
/// <param name="MeasuredAt">By the device's clock.</param>
/// <param name="AlertFrom">From where on the town alerts, with its unit, or null.</param>
/// <param name="IsReached">Whether the value is there.</param>
/// <param name="IsOld">Whether new values should have arrived since.</param>
public sealed record GaugeRow(
    string Device, LocalizedText Place, Phrase? Metric, string? Value, DateTimeOffset? MeasuredAt, string? AlertFrom, bool IsReached, bool IsOld)
{
    /// <summary>Gauges report every few minutes; after this one is silent.</summary>
    private static readonly TimeSpan OldAfter = TimeSpan.FromMinutes(30);

    /// <summary>Values that matter to residents; a device's battery is its installer's affair.</summary>
    private static bool IsForResidents(string metric) => !metric.StartsWith("battery", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<GaugeRow> Of(Town town, DeviceView device, Visit visit)
    {
        var latest = device.Latest.Where(entry => IsForResidents(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        // A siren or a sign that measures nothing is no gauge of which something is missing.
        if (latest.Count == 0 && !IsMachine(town, device.Kind))
        {
            yield return new GaugeRow(device.Id, device.Name, null, null, device.LastSeen, null, IsReached: false, IsOld: false);
        }

        foreach (var (metric, reading) in latest)
        {
            var alertFrom = LowestBound(town, device.Kind, metric);
            yield return new GaugeRow(
                device.Id,
                device.Name,
                MetricWords.Name(visit.Language, metric),
                MetricWords.Value(metric, reading.Value),
                reading.T,
                alertFrom is { } bound ? MetricWords.Value(metric, bound) : null,
                IsReached: reading.Value >= alertFrom,
                IsOld: visit.Now - reading.T > OldAfter);
        }
    }

    private static bool IsMachine(Town town, string kind) => town.DeviceKinds.Any(one => one.Kind == kind && one.Commands is { Count: > 0 });

    private static double? LowestBound(Town town, string kind, string metric)
        => town.Rules.OfType<ThresholdRule>().Where(rule => rule.DeviceKind == kind && rule.Metric == metric).Select(rule => (double?)rule.RaiseAt).Min();
}
