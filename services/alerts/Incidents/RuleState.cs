using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Incidents;

/// <summary>What one threshold rule says about one device: the newest transition that was applied.</summary>
public sealed class RuleState : ITownOwned
{
    public required string Municipality { get; init; }

    public required string DeviceId { get; init; }

    public required string RuleId { get; init; }

    /// <summary>Hazard key of the policy at the time of the raise, so that a changed policy still clears what it raised.</summary>
    public required string Hazard { get; set; }

    /// <summary>Japanese alert level 1 to 5 of the policy at the time of the raise.</summary>
    public required int Level { get; set; }

    public required double ExpiresAfterSeconds { get; set; }

    public required bool IsRaised { get; set; }

    public required RuleStanding Standing { get; set; }

    /// <summary>Time of the newest applied transition, by the device's clock.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>That transition, for the words of the alert.</summary>
    public required SensorThreshold Transition { get; set; }

    /// <summary>Whether the rule speaks to residents now.</summary>
    public bool Counts => IsRaised && Standing == RuleStanding.Effective;
}

/// <summary>What a raised rule may do.</summary>
public enum RuleStanding
{
    /// <summary>Residents are told: by policy, or because an officer approved.</summary>
    Effective,

    /// <summary>A draft waits for an officer.</summary>
    Pending,

    /// <summary>An officer rejected the draft or cancelled the alert: silent until it clears and is raised again.</summary>
    Dismissed,
}
