using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Commands;

/// <summary>A command to a device: what was asked, where it stands, and the message that goes out.</summary>
internal sealed class CommandRow : ITownOwned
{
    /// <summary>In the order in which they were asked for.</summary>
    public long Id { get; set; }

    public required string Municipality { get; init; }

    /// <summary>What the API and the device know it by.</summary>
    public required string CommandId { get; init; }

    public required string Device { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON object.</summary>
    public required string Arguments { get; init; }

    public required CommandStatus Status { get; set; }

    public required bool SecondPerson { get; init; }

    /// <summary>How long it is good, counted from when it is queued; a service's from when it was asked for.</summary>
    public required int ExpiresInSeconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Token subject.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The request's <c>Idempotency-Key</c>.</summary>
    public string? RequestKey { get; init; }

    public string? RequestHash { get; init; }

    public DateTimeOffset? ApproveUntil { get; init; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it is to be sent, or sent again; null when it is not.</summary>
    public DateTimeOffset? SendAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it expires as things stand; null when it is finished.</summary>
    public DateTimeOffset? OpenUntil { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What the device said, or why an officer rejected it.</summary>
    public string? Message { get; set; }
}

/// <summary>One line of a command's history.</summary>
internal sealed class CommandEvent : ITownOwned
{
    public long Id { get; set; }

    public required string Municipality { get; init; }

    public required string CommandId { get; init; }

    public required DateTimeOffset HappenedAt { get; init; }

    public required CommandStep What { get; init; }

    public required CommandActor Actor { get; init; }

    /// <summary>Token subject where a person acted.</summary>
    public string? Subject { get; init; }

    public string? Note { get; init; }
}
