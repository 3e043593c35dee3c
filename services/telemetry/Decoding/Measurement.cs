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

/// <summary>What a payload holds: the good parts beside the faults of the others.</summary>
internal sealed class DecodedPayload
{
    public List<Measurement> Measurements { get; } = [];

    public List<Fault> Faults { get; } = [];

    public void Refuse(string code, string message)
    {
        // A payload of nothing but faults must not make a list as long as itself.
        if (Faults.Count < 8)
        {
            Faults.Add(new Fault(code, message).Hide());
        }
    }
}
