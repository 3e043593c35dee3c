using SmartCity.Contracts.Towns;
using SmartCity.Rules.Kinds;

namespace SmartCity.Rules;

/// <summary>Which class evaluates which kind of rule. Silence and zones look beyond one device's readings and are not here.</summary>
public static class RuleKinds
{
    private static readonly Dictionary<Type, Func<DeviceRule, RuleState, IReadOnlyList<RuleEvaluator>, RuleEvaluator>> Makers = new()
    {
        [typeof(ThresholdRule)] = (rule, state, _) => new ThresholdEvaluator((ThresholdRule)rule, state),
        [typeof(RateRule)] = (rule, state, _) => new RateEvaluator((RateRule)rule, state),
        [typeof(DeviationRule)] = (rule, state, _) => new DeviationEvaluator((DeviationRule)rule, state),
        [typeof(CompositeRule)] = (rule, state, members) => new CompositeEvaluator((CompositeRule)rule, state, members),
    };

    /// <summary>Whether readings of one device are all that the rule looks at.</summary>
    public static bool IsOfReadings(AlertRule rule) => Makers.ContainsKey(rule.GetType());

    /// <param name="rule">One that <see cref="IsOfReadings"/>.</param>
    /// <param name="state">Where it stood.</param>
    /// <param name="members">The evaluators of the rules that it names.</param>
    internal static RuleEvaluator Create(DeviceRule rule, RuleState state, IReadOnlyList<RuleEvaluator> members) => Makers[rule.GetType()](rule, state, members);
}
