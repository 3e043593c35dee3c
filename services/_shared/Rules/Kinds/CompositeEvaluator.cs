using SmartCity.Contracts.Towns;

namespace SmartCity.Rules.Kinds;

/// <summary>Other rules of the same device together: all of them, any of them, or none of them raised.</summary>
public sealed class CompositeEvaluator(CompositeRule rule, RuleState state, IReadOnlyList<RuleEvaluator> members) : RuleEvaluator(rule, state)
{
    private readonly CompositeRule _rule = rule;

    /// <inheritdoc/>
    public override string Describe(MetricTrack track) => $"{_rule.Combine switch
    {
        RuleCombination.All => "all of",
        RuleCombination.Any => "any of",
        _ => "none of",
    }}: {string.Join("; ", members.Select(member => $"{member.Rule.Id} {(member.State.IsRaised ? "raised" : "not raised")}{Why(member, track)}"))}";

    /// <inheritdoc/>
    public override Firing? Evaluate(MetricTrack track, DateTimeOffset at, double value, bool isLate)
    {
        var holds = _rule.Combine switch
        {
            RuleCombination.All => CountRaised() == members.Count,
            RuleCombination.Any => CountRaised() > 0,
            _ => CountRaised() == 0,
        };
        return holds == State.IsRaised || ChangedAt(track.NewestAt) ? null : Flip(track, null, Describe(track));
    }

    private int CountRaised()
    {
        var raised = 0;
        for (var index = 0; index < members.Count; index++)
        {
            raised += members[index].State.IsRaised ? 1 : 0;
        }

        return raised;
    }

    private static string Why(RuleEvaluator member, MetricTrack track)
        => member.Reason is { } reason ? $" ({reason})" : member.Metric == track.Metric ? $" ({member.Describe(track)})" : "";
}
