namespace SmartCity.Alerts.Incidents;

/// <summary>One thing to do after a decision.</summary>
public abstract record IncidentStep
{
    private IncidentStep()
    {
    }

    /// <summary>Begin a chain with a CAP Alert at the rule's level.</summary>
    public sealed record Issue(RuleState Rule) : IncidentStep;

    /// <summary>Send a CAP Update at the rule's level.</summary>
    public sealed record Update(RuleState Rule) : IncidentStep;

    /// <summary>End the chain with a CAP Cancel.</summary>
    public sealed record Cancel : IncidentStep;

    /// <summary>Ask an officer.</summary>
    public sealed record OpenDraft(RuleState Rule) : IncidentStep;

    /// <summary>The rule cleared before an officer decided.</summary>
    public sealed record WithdrawDraft(RuleState Rule) : IncidentStep;
}
