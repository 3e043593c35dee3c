using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Drafts;

/// <summary>An alert that waits for an officer. Who asked and who decided stays on record.</summary>
public sealed class Draft : ITownOwned
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required DraftStatus Status { get; set; }

    /// <summary>Whether the alert would be real, a drill or a test.</summary>
    public CapStatus CapStatus { get; init; }

    /// <summary>The part of the town that it concerns, or null: all of it, or what the device's rule says.</summary>
    public DraftArea? Area { get; init; }

    /// <summary>The message in force that it would replace, or null: it would begin one.</summary>
    public string? Updates { get; init; }

    public required int Level { get; init; }

    public required string Hazard { get; init; }

    public required double ExpiresAfterSeconds { get; init; }

    /// <summary>The device whose rule asks, or null where a person does.</summary>
    public string? DeviceId { get; init; }

    public string? RuleId { get; init; }

    public string? Explanation { get; init; }

    /// <summary>What residents would read.</summary>
    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    /// <summary>Whether an exercise also sounds the town's sirens.</summary>
    public bool Sirens { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Token subject, or null where a rule asks.</summary>
    public string? CreatedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Token subject, or null where the rule cleared first.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why it was rejected or withdrawn, or why its writer approved it alone.</summary>
    public string? Reason { get; set; }

    /// <summary>The chain that the approval began or changed.</summary>
    public string? AlertId { get; set; }

    /// <summary>What the alert of a person's draft is about.</summary>
    public string Source => "draft:" + Id;

    /// <summary>What it says, if it is approved now.</summary>
    internal AlertContent ToContent(DateTimeOffset now, string? officer) => new()
    {
        Source = Source,
        Hazard = Hazard,
        Level = Level,
        Onset = now,
        Expires = CapTime.WholeSeconds(now).AddSeconds(Math.Floor(ExpiresAfterSeconds)),
        Info = Info,
        Status = CapStatus,
        Area = Area?.ToAlertArea() ?? AlertArea.WholeTown,
        Explanation = Explanation,
        IssuedBy = officer,
    };
}

public enum DraftStatus
{
    Pending,
    Approved,
    Rejected,

    /// <summary>The rule cleared before an officer decided.</summary>
    Withdrawn,
}
