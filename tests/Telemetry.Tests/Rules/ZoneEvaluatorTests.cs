using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;

namespace SmartCity.Telemetry.Tests.Rules;

public sealed class ZoneEvaluatorTests
{
    private static readonly ZoneRule Rule = new()
    {
        Id = "valley",
        Name = new LocalizedText("谷", "Valley"),
        Rule = "high",
        AtLeast = 2,
        Devices = ["a", "b", "c"],
        SilentAfterSeconds = 600,
    };

    private ZoneState _state = new();

    [Fact]
    public void Evaluate_WhenOneGaugeIsStuckHigh_EvacuatesNobody()
    {
        for (var minute = 0; minute < 600; minute += 5)
        {
            Vote(minute, ("a", true), ("b", false), ("c", false)).ShouldBeNull();
        }
    }

    [Fact]
    public void Evaluate_WhenASecondAgrees_IsRaisedAndSaysWhoConfirms()
    {
        Vote(0, ("a", true), ("b", false), ("c", false));

        var firing = Vote(5, ("b", true)).ShouldNotBeNull();

        firing.Transition.ShouldBe(ThresholdTransition.Raised);
        firing.Explanation.ShouldBe("b: 3.42 m ≥ 3.20 m for 120 s; confirmed by 2 of 3");
        firing.Value.ShouldBe(3.42);
        Vote(6, ("c", true)).ShouldBeNull();
    }

    [Fact]
    public void Evaluate_WhenARaisedMemberWentSilent_ItsVoteRaisesNothing()
    {
        Vote(0, ("a", true), ("b", false), ("c", false));

        Vote(20, ("b", true), ("c", false)).ShouldBeNull();

        var firing = Vote(21, ("c", true)).ShouldNotBeNull();
        firing.Explanation.ShouldEndWith("confirmed by 2 of 2; silent: a");
    }

    [Fact]
    public void Evaluate_WhenTheFloodTakesAGaugeAway_StaysRaised()
    {
        Vote(0, ("a", true), ("b", true), ("c", false));

        Vote(60, ("b", true), ("c", false)).ShouldBeNull();

        _state.IsRaised.ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_WhenTooFewAreLeft_IsCleared()
    {
        Vote(0, ("a", true), ("b", true), ("c", false));

        var firing = Vote(5, ("a", false)).ShouldNotBeNull();

        firing.Transition.ShouldBe(ThresholdTransition.Cleared);
        firing.Explanation.ShouldEndWith("1 of 3 left, 2 needed");
    }

    [Fact]
    public void Evaluate_AfterARestart_GoesOnFromTheStoredVotes()
    {
        Vote(0, ("a", true), ("b", false), ("c", false));
        _state = JsonSerializer.Deserialize<ZoneState>(JsonSerializer.Serialize(_state, CityJson.Options), CityJson.Options)!;

        Vote(5, ("b", true)).ShouldNotBeNull();
    }

    [Fact]
    public void Evaluate_WhenNobodyChanges_StoresNothing()
    {
        Vote(0, ("a", false));
        ZoneEvaluator.Evaluate(Rule, _state, ["a", "b", "c"], [Of("a", false, 5)], out var hasChanged);

        hasChanged.ShouldBeFalse();
    }

    [Fact]
    public void Evaluate_WhenADeviceLeftTheZone_ItsVoteIsForgotten()
    {
        Vote(0, ("a", true));

        ZoneEvaluator.Evaluate(Rule, _state, ["b", "c"], [Of("b", true, 1)], out _).ShouldBeNull();
    }

    private Firing? Vote(double minutes, params (string Device, bool IsRaised)[] votes)
        => ZoneEvaluator.Evaluate(Rule, _state, ["a", "b", "c"], [.. votes.Select(vote => Of(vote.Device, vote.IsRaised, minutes))], out _);

    private static KeyValuePair<string, ZoneVote> Of(string device, bool isRaised, double minutes) => new(device, new ZoneVote(
        isRaised, RuleBench.Start.AddMinutes(minutes), RuleBench.Level, isRaised ? 3.42 : 1, 3.2, isRaised ? "3.42 m ≥ 3.20 m for 120 s" : "1.00 m < 3.20 m"));
}
