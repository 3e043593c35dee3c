using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.Rules;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class ThresholdEvaluatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));
    private readonly RuleState _state = new();

    [Fact]
    public void Evaluate_WhenValueReachesTheBound_IsRaisedOnceAndExplained()
    {
        var rule = NewRule();

        Evaluate(rule, 0, 3.19).ShouldBeNull();
        var firing = Evaluate(rule, 10, 3.42).ShouldNotBeNull();
        Evaluate(rule, 20, 3.5).ShouldBeNull();

        firing.Transition.ShouldBe(ThresholdTransition.Raised);
        firing.Explanation.ShouldBe("3.42 ≥ 3.2");
        firing.At.ShouldBe(Start.AddSeconds(10));
    }

    [Fact]
    public void Evaluate_WhenValueHoversBetweenTheBounds_StaysRaised()
    {
        var rule = NewRule();
        Evaluate(rule, 0, 3.3);

        Evaluate(rule, 10, 3.1).ShouldBeNull();
        Evaluate(rule, 20, 3.0).ShouldBeNull();
        Evaluate(rule, 30, 2.99).ShouldNotBeNull().Transition.ShouldBe(ThresholdTransition.Cleared);
        Evaluate(rule, 40, 3.1).ShouldBeNull();
    }

    [Fact]
    public void Evaluate_WhenDurationIsAsked_WaitsForItWithoutABreak()
    {
        var rule = NewRule(minimumDurationSeconds: 120);

        Evaluate(rule, 0, 3.3).ShouldBeNull();
        Evaluate(rule, 60, 3.1).ShouldBeNull();
        Evaluate(rule, 70, 3.3).ShouldBeNull();
        Evaluate(rule, 189, 3.4).ShouldBeNull();
        Evaluate(rule, 190, 3.4).ShouldNotBeNull().Explanation.ShouldBe("3.4 ≥ 3.2 for 120 s");
    }

    [Fact]
    public void Evaluate_WhenReadingIsNotNewer_ChangesNothing()
    {
        var rule = NewRule();
        Evaluate(rule, 100, 1);

        Evaluate(rule, 100, 9).ShouldBeNull();
        Evaluate(rule, 50, 9).ShouldBeNull();
        _state.IsRaised.ShouldBeFalse();
    }

    private Firing? Evaluate(ThresholdRule rule, double seconds, double value)
        => ThresholdEvaluator.Evaluate(rule, _state, Start.AddSeconds(seconds), value);

    private static ThresholdRule NewRule(double minimumDurationSeconds = 0) => new()
    {
        Id = "river-warning",
        DeviceKind = "river",
        Metric = "waterLevelMetres",
        RaiseAt = 3.2,
        ClearBelow = 3.0,
        MinimumDurationSeconds = minimumDurationSeconds,
    };
}
