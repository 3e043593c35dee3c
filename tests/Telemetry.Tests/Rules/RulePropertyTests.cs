using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.Tests.Rules;

/// <summary>What must hold for any readings: many made-up rivers, the same in every run.</summary>
public sealed class RulePropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Replay_OfTheSameReadings_GivesTheSameFirings(int seed)
        => Lines(Play(seed, restarts: false)).ShouldBe(Lines(Play(seed, restarts: false)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Restart_AtAnyMoment_ChangesNoFiring(int seed)
        => Lines(Play(seed, restarts: true)).ShouldBe(Lines(Play(seed, restarts: false)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Firings_OfOneRule_AlternateAndGoForwardInTime(int seed)
    {
        var bench = Play(seed, restarts: false, lateness: true);

        foreach (var rule in bench.All.GroupBy(firing => firing.RuleId))
        {
            rule.Select(firing => firing.Transition).ShouldBe(
                rule.Select((_, index) => index % 2 == 0 ? ThresholdTransition.Raised : ThresholdTransition.Cleared), rule.Key);
            rule.Zip(rule.Skip(1)).ShouldAllBe(pair => pair.First.At < pair.Second.At);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void LateReading_WhateverItSays_IsNoMomentOfItsOwn(int seed)
    {
        var random = new Random(seed);
        var bench = Play(seed, restarts: false);
        var newest = bench.Rules.NewestAt;
        var value = bench.Rules.Tracks.First().NewestValue;

        for (var index = 0; index < 50; index++)
        {
            foreach (var firing in bench.Take((newest - RuleBench.Start).TotalSeconds - random.Next(1, 3000), random.NextDouble() * 9))
            {
                firing.At.ShouldBe(newest);
                firing.Value.ShouldBe(value);
            }
        }
    }

    private static RuleBench Play(int seed, bool restarts, bool lateness = false)
    {
        var random = new Random(seed);
        var when = new Random(seed + 1000);
        var bench = new RuleBench(
            RuleBench.Threshold(), RuleBench.Threshold(300, "held"), RuleBench.Rate(), RuleBench.Deviation(minimumDays: 1), RuleBench.Composite(RuleCombination.All, "high", "fast"));
        var (seconds, level) = (0.0, 2.5);
        for (var index = 0; index < 800; index++)
        {
            // Mostly every minute or two, sometimes after a gap of hours.
            seconds += random.Next(100) == 0 ? random.Next(3600, 90_000) : random.Next(30, 120);
            level = Math.Clamp(level + ((random.NextDouble() - 0.5) * 0.4), 0, 6);
            bench.Take(seconds, Math.Round(level, 2));
            if (lateness && random.Next(4) == 0)
            {
                bench.Take(seconds - random.Next(1, 1800), Math.Round(random.NextDouble() * 6, 2));
            }

            if (restarts && when.Next(20) == 0)
            {
                bench.Restart();
            }
        }

        bench.All.ShouldNotBeEmpty();
        return bench;
    }

    private static IReadOnlyList<string> Lines(RuleBench bench) => [.. bench.All.Select(RuleBench.Line)];
}
