using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.Streaming;

/// <summary>A reading that was just committed.</summary>
/// <param name="T">When it was measured, in microseconds since 1970.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LiveReading(string Device, string Metric, long T, double Value);
