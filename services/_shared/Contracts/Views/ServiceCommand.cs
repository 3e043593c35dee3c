using System.Text.Json;

namespace SmartCity.Contracts.Views;

/// <summary>What a service of the platform asks of a device through telemetry: <c>POST /internal/commands/{municipality}/{device}</c>.</summary>
public sealed record ServiceCommand
{
    /// <summary>One of the commands that the manifest gives the device's kind.</summary>
    public required string Name { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>How long it is good, from when it is asked for, whether or not it waits for a second person: 5 to 86,400.</summary>
    public required int ExpiresInSeconds { get; init; }

    /// <summary>Beyond it the command is neither approved nor done, whenever it was asked for; not part of what makes a repeated request the same.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>App id of who asks.</summary>
    public required string Service { get; init; }

    /// <summary>The same key is the same command, however often it is asked for: 1 to 128 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>Why: what people decided that leads to it.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Token subject of the officer who agreed to that as the second one, or null: nobody did, and a command that needs a second
    /// person then waits for one.
    /// </summary>
    public string? ApprovedBy { get; init; }
}

/// <summary>Where such a command stands.</summary>
/// <param name="Id">Names it at telemetry, and to the device.</param>
/// <param name="Status"><c>PendingApproval</c>, <c>Queued</c>, <c>Sent</c>, <c>Acknowledged</c>, <c>Failed</c>, <c>Expired</c> or <c>Rejected</c>.</param>
/// <param name="Message">What the device said, or why it was rejected.</param>
/// <param name="Why">Of an expired one: <c>not-approved</c>, <c>device-away</c> (never given to it) or <c>device-silent</c>.</param>
public sealed record ServiceCommandView(string Id, string Status, string? Message = null, string? Why = null);
