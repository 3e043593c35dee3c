using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class RateEvaluatorTests
{
    [Fact]
    public void Evaluate_WhenLevelRisesFast_IsRaisedOnceHalfTheWindowIsKnown()
    {
        var bench = new RuleBench(RuleBench.Rate());
        for (var minute = 0; minute < 15; minute++)
        {
            bench.One(minute * 60, 1 + (minute / 60.0 * 0.8)).ShouldBeNull();
        }

        var firing = bench.One(900, 1.2).ShouldNotBeNull();

        firing.Transition.ShouldBe(ThresholdTransition.Raised);
        firing.Explanation.ShouldBe("rising 0.8 m/h ≥ 0.5 m/h over 30 min, now 1.2 m");
        firing.Threshold.ShouldBeNull();
    }

    [Fact]
    public void Evaluate_WhenOneReadingIsNoise_DoesNotFire()
    {
        var bench = new RuleBench(RuleBench.Rate());
        for (var minute = 0; minute < 120; minute++)
        {
            bench.Take(minute * 60, minute == 60 ? 1.3 : 1.0);
        }

        bench.All.ShouldBeEmpty();
    }

    [Fact]
    public void Evaluate_WhenItStopsRising_IsCleared()
    {
        var bench = new RuleBench(RuleBench.Rate());
        for (var minute = 0; minute < 120; minute++)
        {
            bench.Take(minute * 60, 1 + (Math.Min(minute, 30) / 60.0));
        }

        bench.All.Select(firing => firing.Transition).ShouldBe([ThresholdTransition.Raised, ThresholdTransition.Cleared]);
    }

    [Fact]
    public void Evaluate_AfterAGap_SaysNothingUntilTheWindowIsKnownAgain()
    {
        var bench = new RuleBench(RuleBench.Rate());
        for (var minute = 0; minute < 30; minute++)
        {
            bench.Take(minute * 60, 1);
        }

        bench.One(30_000, 5).ShouldBeNull();
        bench.One(30_060, 5.1).ShouldBeNull();
        bench.One(30_120, 5.2).ShouldBeNull();
    }

    [Fact]
    public void Evaluate_WhateverTheOrderOfArrival_KnowsTheSameSlope()
    {
        var random = new Random(7);
        var readings = Enumerable.Range(0, 400).Select(index => (Seconds: index * 5.0, Value: 1 + (index * 0.001))).ToArray();
        var inOrder = new RuleBench(RuleBench.Rate());
        var shuffled = new RuleBench(RuleBench.Rate());
        foreach (var (seconds, value) in readings)
        {
            inOrder.Take(seconds, value);
        }

        // The newest first: all others are late.
        shuffled.Take(readings[^1].Seconds, readings[^1].Value);
        foreach (var (seconds, value) in readings[..^1].OrderBy(_ => random.Next()))
        {
            shuffled.Take(seconds, value);
        }

        shuffled.Rules.Evaluators[0].Describe(shuffled.Rules.Tracks.First()).ShouldBe(inOrder.Rules.Evaluators[0].Describe(inOrder.Rules.Tracks.First()));
        shuffled.IsRaised("fast").ShouldBeTrue();
        shuffled.All.ShouldHaveSingleItem().At.ShouldBe(RuleBench.Start.AddSeconds(readings[^1].Seconds));
    }
}
