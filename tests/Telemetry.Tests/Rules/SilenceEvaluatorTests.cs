using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class SilenceEvaluatorTests
{
    private static readonly SilenceRule Rule = new() { Id = "quiet", DeviceKind = "river", AfterSeconds = 600 };

    [Theory]
    [InlineData(false, 599, null)]
    [InlineData(false, 600, ThresholdTransition.Raised)]
    [InlineData(true, 600, null)]
    [InlineData(true, 1, ThresholdTransition.Cleared)]
    public void Evaluate_WhenHeardSoLongAgo_Changes(bool isRaised, double seconds, ThresholdTransition? expected)
        => SilenceEvaluator.Evaluate(Rule, isRaised, RuleBench.Start, RuleBench.Start.AddSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData("waterLevelMetres", "m")]
    [InlineData("rainfallMillimetresPerHour", "mm/h")]
    [InlineData("batteryPercent", "%")]
    [InlineData("count", "")]
    public void Unit_IsWhatTheNameEndsWith(string metric, string unit) => MetricUnits.Of(metric).ShouldBe(unit);
}
