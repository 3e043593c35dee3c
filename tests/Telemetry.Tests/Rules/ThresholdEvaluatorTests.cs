using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class ThresholdEvaluatorTests
{
    [Fact]
    public void Evaluate_WhenValueReachesTheBound_IsRaisedOnceAndExplained()
    {
        var bench = new RuleBench(RuleBench.Threshold());

        bench.One(0, 3.19).ShouldBeNull();
        var firing = bench.One(10, 3.42).ShouldNotBeNull();
        bench.One(20, 3.5).ShouldBeNull();

        firing.Transition.ShouldBe(ThresholdTransition.Raised);
        firing.Explanation.ShouldBe("3.42 m ≥ 3.20 m");
        firing.At.ShouldBe(RuleBench.Start.AddSeconds(10));
    }

    [Fact]
    public void Evaluate_WhenValueHoversBetweenTheBounds_StaysRaised()
    {
        var bench = new RuleBench(RuleBench.Threshold());
        bench.One(0, 3.3);

        bench.One(10, 3.1).ShouldBeNull();
        bench.One(20, 3.0).ShouldBeNull();
        bench.One(30, 2.99).ShouldNotBeNull().Transition.ShouldBe(ThresholdTransition.Cleared);
        bench.One(40, 3.1).ShouldBeNull();
    }

    [Fact]
    public void Evaluate_WhenDurationIsAsked_WaitsForItWithoutABreak()
    {
        var bench = new RuleBench(RuleBench.Threshold(120));

        bench.One(0, 3.3).ShouldBeNull();
        bench.One(60, 3.1).ShouldBeNull();
        bench.One(70, 3.3).ShouldBeNull();
        bench.One(189, 3.4).ShouldBeNull();
        bench.One(190, 3.42).ShouldNotBeNull().Explanation.ShouldBe("3.42 m ≥ 3.20 m for 120 s, rising 2.27 m/h");
    }

    [Fact]
    public void Evaluate_WhenALateReadingIsHigh_RaisesNothingAboutThePast()
    {
        var bench = new RuleBench(RuleBench.Threshold());
        bench.One(100, 1);

        bench.One(100, 9).ShouldBeNull();
        bench.One(50, 9).ShouldBeNull();
        bench.IsRaised("high").ShouldBeFalse();
    }

    [Fact]
    public void Evaluate_WhenALateReadingCompletesWhatHoldsNow_IsRaisedAsOfNow()
    {
        var bench = new RuleBench(RuleBench.Threshold(120));
        bench.One(0, 1);
        bench.One(150, 3.3).ShouldBeNull();

        var firing = bench.One(20, 3.3).ShouldNotBeNull();

        firing.At.ShouldBe(RuleBench.Start.AddSeconds(150));
        firing.Value.ShouldBe(3.3);
    }

    [Fact]
    public void Evaluate_WhenALateReadingBreaksTheCrossing_TheTimeBeginsAnew()
    {
        var bench = new RuleBench(RuleBench.Threshold(120));
        bench.One(0, 3.3);
        bench.One(100, 3.3);
        bench.One(50, 1);

        bench.One(130, 3.3).ShouldBeNull();
        bench.One(220, 3.3).ShouldNotBeNull();
    }

    [Fact]
    public void Evaluate_WhenLateReadingsFlutter_ChangesOncePerMoment()
    {
        var bench = new RuleBench(RuleBench.Threshold(60));
        bench.One(0, 1);
        bench.One(100, 3.3);

        bench.Take(30, 3.3).Count.ShouldBe(1);
        bench.Take(40, 1).ShouldBeEmpty();
        bench.Take(20, 9).ShouldBeEmpty();
    }

    [Fact]
    public void State_WhenNothingThatMattersChanges_IsNotStored()
    {
        var bench = new RuleBench(RuleBench.Threshold(120));
        for (var second = 0; second < 100; second++)
        {
            bench.Take(second, 1 + (second % 2));
        }

        bench.StateChanges.ShouldBe(0);
    }
}
