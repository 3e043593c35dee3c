using System.Text.Json.Nodes;

namespace SmartCity.Telemetry.Commands;

/// <summary>A command as staff see it.</summary>
public sealed record CommandView
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required string DeviceId { get; init; }

    public required string Name { get; init; }

    public required JsonNode Arguments { get; init; }

    public required CommandStatus Status { get; init; }

    /// <summary>Whether an officer who did not ask for it must approve it.</summary>
    public required bool SecondPerson { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Token subject of who asked for it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Until when it can be approved; null where nobody needs to.</summary>
    public DateTimeOffset? ApproveUntil { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>Without a result by then it is expired; null while it waits for approval.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the broker took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the device said, or why an officer rejected it.</summary>
    public string? Message { get; init; }

    /// <summary>Everything that happened, oldest first; in lists it is left out.</summary>
    public IReadOnlyList<CommandEventView>? History { get; init; }

    internal static CommandView Of(CommandRow row, IReadOnlyList<CommandEvent>? events = null) => new()
    {
        Id = row.CommandId,
        Municipality = row.Municipality,
        DeviceId = row.Device,
        Name = row.Name,
        Arguments = JsonNode.Parse(row.Arguments)!,
        Status = row.Status,
        SecondPerson = row.SecondPerson,
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
        ApproveUntil = row.ApproveUntil,
        DecidedAt = row.DecidedAt,
        DecidedBy = row.DecidedBy,
        ExpiresAt = row.ExpiresAt,
        SentAt = row.SentAt,
        FinishedAt = row.FinishedAt,
        Message = row.Message,
        History = events is null ? null : [.. events.Select(one => new CommandEventView(one.HappenedAt, one.What, one.Actor, one.Subject, one.Note))],
    };
}

/// <summary>One line of a command's history.</summary>
/// <param name="At">When it happened.</param>
/// <param name="What">What happened.</param>
/// <param name="Actor">A person, the platform or the device.</param>
/// <param name="By">Token subject of the person.</param>
/// <param name="Note">A reason, or what the device said.</param>
public sealed record CommandEventView(DateTimeOffset At, CommandStep What, CommandActor Actor, string? By, string? Note);
