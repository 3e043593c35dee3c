using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>One stored value of a series. Times are microseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="T">When it was measured, by the device's clock; unique within its series.</param>
/// <param name="Value">In the metric's unit; always finite.</param>
/// <param name="ReceivedAt">When the platform received it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Point(long T, double Value, long ReceivedAt)
{
    public static readonly Comparison<Point> ByTime = static (left, right) => left.T.CompareTo(right.T);
}
