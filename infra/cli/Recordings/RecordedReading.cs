namespace SmartCity.Cli.Recordings;

/// <summary>One value of a recording.</summary>
/// <param name="Municipality">Its code, or empty where the recording names none.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Metric">Name with the unit at its end.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Value">In the metric's unit.</param>
internal readonly record struct RecordedReading(string Municipality, string Device, string Metric, DateTimeOffset At, double Value);
