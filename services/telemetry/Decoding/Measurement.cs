namespace SmartCity.Telemetry.Decoding;

/// <summary>One decoded value.</summary>
/// <param name="Metric">Name with the unit at its end, such as <c>waterLevelMetres</c>.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Value">In the metric's unit; always finite.</param>
internal readonly record struct Measurement(string Metric, DateTimeOffset At, double Value);

/// <summary>Why a payload, or a part of it, was refused.</summary>
/// <param name="Code">Stable, in kebab-case.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal readonly record struct Fault(string Code, string Message);
