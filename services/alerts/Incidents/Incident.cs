using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Incidents;

/// <summary>
/// Decides what residents are told about one device and hazard. The effective level is the highest level among the
/// raised rules that count; messages follow its changes. Pure: the caller loads, applies the steps and saves.
/// </summary>
/// <param name="rules">Every rule of the device and hazard.</param>
/// <param name="levelInForce">Level of the chain in force, or null: none was issued, or it was cancelled or has expired.</param>
/// <param name="isHeld">Whether an officer set that level by hand: it then only rises by itself.</param>
public sealed class Incident(IReadOnlyCollection<RuleState> rules, int? levelInForce, bool isHeld = false)
{
    /// <summary>
    /// Whether a transition is late: a newer one of the same rule was applied already, so this one says nothing about now.
    /// </summary>
    public static bool IsStale(RuleState? state, DateTimeOffset at) => state is not null && at < state.At;

    /// <summary>A rule was raised; its state already holds the new transition's time and words.</summary>
    public IReadOnlyList<IncidentStep> Raise(RuleState rule, AlertAction action)
    {
        var steps = new List<IncidentStep>();
        if (action == AlertAction.Publish)
        {
            rule.Standing = RuleStanding.Effective;
        }
        else if (!(rule.IsRaised && StillDecided(rule)))
        {
            rule.Standing = RuleStanding.Pending;
            steps.Add(new IncidentStep.OpenDraft(rule));
        }

        rule.IsRaised = true;
        return [.. steps, .. Follow(mayBegin: true)];
    }

    /// <summary>A rule was cleared. What it never raised, it does not clear.</summary>
    public IReadOnlyList<IncidentStep> Clear(RuleState rule)
    {
        if (!rule.IsRaised)
        {
            return [];
        }

        rule.IsRaised = false;
        return rule.Standing == RuleStanding.Pending ? [new IncidentStep.WithdrawDraft(rule)] : Follow(mayBegin: false);
    }

    /// <summary>An officer approved the draft of a rule that is still raised.</summary>
    public IReadOnlyList<IncidentStep> Approve(RuleState rule)
    {
        rule.Standing = RuleStanding.Effective;
        return Follow(mayBegin: true);
    }

    /// <summary>An officer ended the alert although rules are raised: those stay silent until they clear and rise again.</summary>
    public void Dismiss()
    {
        foreach (var rule in rules.Where(rule => rule.Counts))
        {
            rule.Standing = RuleStanding.Dismissed;
        }
    }

    // A draft that waits needs no second one; an approval holds as long as the alert it allowed.
    private bool StillDecided(RuleState rule)
        => rule.Standing == RuleStanding.Pending || (rule.Standing == RuleStanding.Effective && levelInForce is not null);

    // Only a raise or an approval begins a chain: a rule that clears is no reason to alert anybody anew.
    private IReadOnlyList<IncidentStep> Follow(bool mayBegin)
    {
        var highest = rules.Where(rule => rule.Counts).MaxBy(rule => rule.Level);
        return (levelInForce, highest) switch
        {
            (null, not null) when mayBegin => [new IncidentStep.Issue(highest)],
            (int, null) when !isHeld => [new IncidentStep.Cancel()],
            (int level, not null) when (isHeld ? level < highest.Level : level != highest.Level) => [new IncidentStep.Update(highest)],
            _ => [],
        };
    }
}
