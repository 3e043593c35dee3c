using SmartCity.Contracts.Events;

namespace SmartCity.Rules;

/// <summary>A rule's change, with the reason in one line.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Metric">The metric whose reading decided.</param>
/// <param name="Transition">Raised or cleared.</param>
/// <param name="Value">The newest value, in the metric's unit.</param>
/// <param name="Threshold">The bound that was crossed, in the metric's unit; null where the rule has none on the metric itself.</param>
/// <param name="At">When the deciding reading was taken, by the device's clock.</param>
/// <param name="Explanation">Why.</param>
public sealed record Firing(string RuleId, string Metric, ThresholdTransition Transition, double Value, double? Threshold, DateTimeOffset At, string Explanation);
