using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Drafts;

/// <summary>A draft as the API shows it to officers.</summary>
public sealed record DraftView
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    /// <summary><c>Pending</c>, <c>Approved</c>, <c>Rejected</c> or <c>Withdrawn</c> (its rule cleared first).</summary>
    public required DraftStatus Status { get; init; }

    /// <summary>CAP status of the alert: <c>Actual</c>, <c>Exercise</c> or <c>Test</c>.</summary>
    public required CapStatus CapStatus { get; init; }

    /// <summary>Whether an exercise also sounds the town's sirens and changes its signs.</summary>
    public bool Sirens { get; init; }

    /// <summary>The part of the town that it concerns, or null for all of it.</summary>
    public DraftArea? Area { get; init; }

    /// <summary>The message in force that it would replace, or null.</summary>
    public string? Updates { get; init; }

    /// <summary>Japanese alert level 1 to 5.</summary>
    public required int Level { get; init; }

    public required string Hazard { get; init; }

    /// <summary>How long the alert would stay in force.</summary>
    public required double ExpiresAfterSeconds { get; init; }

    public string? DeviceId { get; init; }

    public string? RuleId { get; init; }

    public string? Explanation { get; init; }

    /// <summary>What residents would read, one block per language.</summary>
    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it, or null where a rule asks.</summary>
    public string? CreatedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>Why it was rejected or withdrawn, or why its writer approved it alone.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its writer approved it alone, because no second person could be reached in time.</summary>
    public bool WithoutSecondPerson { get; init; }

    /// <summary>The alert that the approval began or changed.</summary>
    public string? AlertId { get; init; }

    internal static DraftView Of(Draft draft) => new()
    {
        Id = draft.Id,
        Municipality = draft.Municipality,
        Status = draft.Status,
        CapStatus = draft.CapStatus,
        Sirens = draft.Sirens,
        Area = draft.Area,
        Updates = draft.Updates,
        Level = draft.Level,
        Hazard = draft.Hazard,
        ExpiresAfterSeconds = draft.ExpiresAfterSeconds,
        DeviceId = draft.DeviceId,
        RuleId = draft.RuleId,
        Explanation = draft.Explanation,
        Info = draft.Info,
        CreatedAt = draft.CreatedAt,
        CreatedBy = draft.CreatedBy,
        DecidedAt = draft.DecidedAt,
        DecidedBy = draft.DecidedBy,
        Reason = draft.Reason,
        WithoutSecondPerson = draft is { Status: DraftStatus.Approved, CreatedBy: { } writer } && writer == draft.DecidedBy,
        AlertId = draft.AlertId,
    };
}
