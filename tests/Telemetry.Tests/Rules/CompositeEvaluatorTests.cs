using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class CompositeEvaluatorTests
{
    private const string Rain = "rainfallMillimetresPerHour";

    [Fact]
    public void Evaluate_WhenAllAreAsked_WaitsForTheLast()
    {
        var bench = Of(RuleCombination.All);

        bench.Take(0, 3.5).Select(firing => firing.RuleId).ShouldBe(["high"]);
        var fired = bench.Take(10, 50, Rain);

        fired.Select(firing => firing.RuleId).ShouldBe(["wet", "together"]);
        fired[1].Explanation.ShouldContain("3.5 m ≥ 3.2 m");
        fired[1].Explanation.ShouldContain("50.0 mm/h ≥ 3.2 mm/h");
        bench.Take(20, 1).Select(RuleBench.Line).ShouldBe(["20 high -", "20 together -"]);
    }

    [Fact]
    public void Evaluate_WhenAnyIsAsked_OneIsEnough()
    {
        var bench = Of(RuleCombination.Any);

        bench.Take(10, 50, Rain).Select(RuleBench.Line).ShouldBe(["10 wet +", "10 together +"]);
        bench.Take(20, 3.5).Select(RuleBench.Line).ShouldBe(["20 high +"]);
        bench.Take(30, 0, Rain).Select(RuleBench.Line).ShouldBe(["30 wet -"]);
        bench.Take(40, 0).Select(RuleBench.Line).ShouldBe(["40 high -", "40 together -"]);
    }

    [Fact]
    public void Evaluate_WhenNoneIsAsked_IsRaisedByTheFirstQuietReading()
    {
        var bench = Of(RuleCombination.None);

        bench.Take(0, 1).Select(RuleBench.Line).ShouldBe(["0 together +"]);
        bench.Take(10, 3.5).Select(RuleBench.Line).ShouldBe(["10 high +", "10 together -"]);
    }

    [Fact]
    public void Evaluate_WhenItWouldChangeTwiceAtOneMoment_ChangesWithTheNext()
    {
        var bench = Of(RuleCombination.None);

        bench.Take(0, 1);
        bench.Take(0, 50, Rain).Select(RuleBench.Line).ShouldBe(["0 wet +"]);
        bench.Take(10, 1).Select(RuleBench.Line).ShouldBe(["10 together -"]);
    }

    [Fact]
    public void Rules_WhenCompositesNameEachOther_AreLeftOut()
    {
        var one = RuleBench.Composite(RuleCombination.All, "b") with { Id = "a" };
        var other = RuleBench.Composite(RuleCombination.All, "a") with { Id = "b" };

        new RuleBench(one, other).Rules.Evaluators.ShouldBeEmpty();
    }

    [Fact]
    public void Rules_WhenReadAgain_AreEqual()
        => RuleBench.Composite(RuleCombination.All, "a", "b").ShouldBe(RuleBench.Composite(RuleCombination.All, "a", "b"));

    private static RuleBench Of(RuleCombination combine)
        => new(RuleBench.Composite(combine, "high", "wet"), RuleBench.Threshold(), RuleBench.Threshold(id: "wet", metric: Rain));
}
