using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;

namespace SmartCity.Portal.Devices;

/// <summary>All that a device's page shows.</summary>
/// <param name="Device">As the manifest has it.</param>
/// <param name="State">What telemetry says, or why not.</param>
/// <param name="Others">Metrics that have a chart on another page, so that this one stays small.</param>
public sealed record DevicePageView(
    Town Town, Device Device, Answer<DeviceView> State, DeviceWindow Window, IReadOnlyList<MetricSeries> Charts, IReadOnlyList<string> Others)
{
    public string Path => $"/{Town.Code}/devices/{Uri.EscapeDataString(Device.Id)}";

    /// <summary>What the compared time is called, as a key of the language files.</summary>
    public string CompareKey => Window.CompareShift.TotalDays switch { <= 1 => "chart.compare.day", <= 7 => "chart.compare.week", _ => "chart.compare.span" };

    public bool IsIncomplete => State.Outcome == Outcome.Unreachable || Charts.Any(chart => chart.Now.Outcome == Outcome.Unreachable);
}

/// <summary>What one chart shows.</summary>
/// <param name="Now">The time that is asked for.</param>
/// <param name="Before">The time before, or null where nobody compares.</param>
/// <param name="Bounds">Thresholds of the town on this metric.</param>
public sealed record MetricSeries(
    string Metric, Answer<Page<BucketView>> Now, Answer<Page<BucketView>>? Before, IReadOnlyList<ThresholdRule> Bounds);
