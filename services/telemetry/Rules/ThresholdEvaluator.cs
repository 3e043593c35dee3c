using System.Globalization;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.Rules;

/// <summary>A rule's change, with the reason in one line.</summary>
public sealed record Firing(string RuleId, ThresholdTransition Transition, double Value, double Threshold, DateTimeOffset At, string Explanation);

/// <summary>
/// Threshold with hysteresis and minimum duration: raised when the value has been at or above
/// <see cref="ThresholdRule.RaiseAt"/> for the duration, cleared when it has been below
/// <see cref="ThresholdRule.ClearBelow"/> for the duration. Only the device's own times count, so a replay of the
/// same readings always gives the same firings.
/// </summary>
internal static class ThresholdEvaluator
{
    /// <summary>Takes the next reading into account. Readings not newer than the last one change nothing.</summary>
    public static Firing? Evaluate(ThresholdRule rule, RuleState state, DateTimeOffset at, double value)
    {
        if (state.EvaluatedAt is { } last && at <= last)
        {
            return null;
        }

        state.EvaluatedAt = at;
        var crosses = state.IsRaised ? value < rule.ClearBelow : value >= rule.RaiseAt;
        if (!crosses)
        {
            state.CrossedSince = null;
            return null;
        }

        state.CrossedSince ??= at;
        var heldSeconds = (at - state.CrossedSince.Value).TotalSeconds;
        if (heldSeconds < rule.MinimumDurationSeconds)
        {
            return null;
        }

        state.IsRaised = !state.IsRaised;
        state.CrossedSince = null;
        return state.IsRaised
            ? new Firing(rule.Id, ThresholdTransition.Raised, value, rule.RaiseAt, at, Explain(value, "≥", rule.RaiseAt, heldSeconds))
            : new Firing(rule.Id, ThresholdTransition.Cleared, value, rule.ClearBelow, at, Explain(value, "<", rule.ClearBelow, heldSeconds));
    }

    private static string Explain(double value, string comparison, double bound, double heldSeconds)
    {
        var held = heldSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" for {heldSeconds:0} s") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {comparison} {bound:0.##}{held}");
    }
}
