using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class DeviationEvaluatorTests
{
    private const double Day = 86_400;

    [Fact]
    public void Evaluate_WhenTheHourIsUnlikeEarlierDays_IsRaisedAndExplained()
    {
        var bench = Fed(days: 3);

        var firing = bench.One((3 * Day) + 60, 3.5).ShouldNotBeNull();

        firing.Transition.ShouldBe(ThresholdTransition.Raised);
        firing.Explanation.ShouldBe("3.5 m against 2 m at this hour of 3 earlier days: 1.5 m ≥ 1.0 m");
        bench.One((3 * Day) + 120, 2.2).ShouldNotBeNull().Transition.ShouldBe(ThresholdTransition.Cleared);
    }

    [Fact]
    public void Evaluate_WhenTooFewDaysAreKnown_SaysNothing() => Fed(days: 2).One((2 * Day) + 60, 9).ShouldBeNull();

    [Fact]
    public void Evaluate_WhenTheSameValueIsUsualAtAnotherHour_IsStillOdd()
    {
        var bench = new RuleBench(RuleBench.Deviation());
        for (var hour = 0; hour < 72; hour++)
        {
            // The tide: high at every third hour of the day.
            bench.Take((hour * 3600) + 60, hour % 24 == 3 ? 5 : 2);
        }

        bench.One((72 * 3600) + 60, 5).ShouldNotBeNull();
    }

    [Fact]
    public void Evaluate_InStandardDeviations_MeasuresBySpread()
    {
        var bench = new RuleBench(RuleBench.Deviation(inStandardDeviations: true));
        foreach (var (day, level) in new[] { (0, 2.0), (1, 2.2), (2, 1.8), (3, 2.0) })
        {
            bench.Take((day * Day) + 60, level);
        }

        bench.One((4 * Day) + 60, 2.4).ShouldBeNull();
        bench.One((4 * Day) + 120, 2.6).ShouldNotBeNull().Explanation.ShouldContain("σ ≥ 3");
    }

    [Fact]
    public void Evaluate_WhenAReadingIsLate_TakesPartInItsHourButIsNotJudged()
    {
        var bench = Fed(days: 3);
        bench.Take((3 * Day) + 60, 2);

        bench.Take(10, 8).ShouldBeEmpty();

        // The first day's hour now has the mean 5, so the three days have 3.
        bench.One((3 * Day) + 120, 4.1).ShouldNotBeNull().Explanation.ShouldContain("against 3 m");
    }

    [Fact]
    public void State_IsStoredOnceAnHour_AndSurvivesARestart()
    {
        var bench = new RuleBench(RuleBench.Deviation());
        for (var day = 0; day < 3; day++)
        {
            for (var second = 0; second < 7200; second += 60)
            {
                bench.Take((day * Day) + second, 2);
            }
        }

        bench.StateChanges.ShouldBe(5);
        bench.Restart();
        bench.One((3 * Day) + 60, 3.5).ShouldNotBeNull();
    }

    private static RuleBench Fed(int days)
    {
        var bench = new RuleBench(RuleBench.Deviation());
        for (var day = 0; day < days; day++)
        {
            bench.Take((day * Day) + 60, 2);
        }

        return bench;
    }
}
