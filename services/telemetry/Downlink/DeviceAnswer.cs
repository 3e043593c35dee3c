using System.Text.Json.Nodes;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Downlink;

/// <summary>What a registered device answered; the good part of it, a fault, or both.</summary>
internal sealed record DeviceAnswer
{
    public required string Municipality { get; init; }

    public required string Device { get; init; }

    public CommandResult? Result { get; init; }

    public ReportedState? Reported { get; init; }

    public Fault? Fault { get; init; }

    /// <summary>Tells the broker that the message is safe; called after the commit only.</summary>
    public required Func<CancellationToken, Task> AcknowledgeAsync { get; init; }
}

/// <summary>The receipt of a command.</summary>
internal sealed record CommandResult(string CommandId, bool IsDone, string? Message);

/// <summary>The state that a device says it has, all of it.</summary>
/// <param name="At">When it was so; the time of receipt where the device says nothing.</param>
/// <param name="Version">The version of the desired state that the device has taken over.</param>
internal sealed record ReportedState(JsonObject State, DateTimeOffset At, long? Version);
