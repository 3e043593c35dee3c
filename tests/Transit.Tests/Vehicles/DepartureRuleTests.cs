using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Tests.Vehicles;

public class DepartureRuleTests
{
    private static readonly TripPlan Plan = Line.Straight();
    private readonly DepartureRule _rule = new(new SilenceOptions());

    [Theory]
    [InlineData(-600, true, DepartureKind.Scheduled)]
    [InlineData(179, true, DepartureKind.Scheduled)]
    [InlineData(180, true, DepartureKind.Unconfirmed)]
    [InlineData(180, false, DepartureKind.Scheduled)]
    [InlineData(360 + 901, true, DepartureKind.Gone)]
    public void Of_WhenNobodyWasHeard_ScheduledUntilItShouldHaveBegun(int secondsAfterStart, bool isTracked, DepartureKind expected)
        => _rule.Of(Plan, 3, report: null, isTracked, Plan.Start + TimeSpan.FromSeconds(secondsAfterStart)).Kind.ShouldBe(expected);

    [Theory]
    [InlineData(0, DepartureKind.Predicted)]
    [InlineData(120, DepartureKind.Predicted)]
    [InlineData(121, DepartureKind.Unconfirmed)]
    [InlineData(480 + 901, DepartureKind.Gone)]
    public void Of_WhenTheVehicleWasHeard_PredictedUntilItIsSilent(int secondsSince, DepartureKind expected)
        => _rule.Of(Plan, 3, Report(), isTracked: true, At(secondsSince)).Kind.ShouldBe(expected);

    [Fact]
    public void Of_WhenTheStopIsBehind_Gone() => _rule.Of(Plan, 1, Report(), true, At(0)).Kind.ShouldBe(DepartureKind.Gone);

    [Fact]
    public void Of_WhenTheStopIsSkipped_CancelledAndShown()
        => _rule.Of(Plan, 3, Report() with { SkippedStops = new HashSet<int> { 3 } }, true, At(0)).Kind.ShouldBe(DepartureKind.Cancelled);

    [Fact]
    public void Of_WhenTheVehicleLeftTheRun_UnconfirmedAtOnce()
        => _rule.Of(Plan, 3, Report() with { AbandonedAt = At(0) }, true, At(1)).Kind.ShouldBe(DepartureKind.Unconfirmed);

    [Theory]
    [InlineData(600, DepartureKind.Predicted)]
    [InlineData(601, DepartureKind.Unconfirmed)]
    public void Of_WhenTheVehicleStands_UnconfirmedAfterAWhile(int secondsStanding, DepartureKind expected)
        => _rule.Of(Plan, 3, Report() with { StandingSince = At(0) - TimeSpan.FromSeconds(secondsStanding) }, true, At(0)).Kind.ShouldBe(expected);

    [Fact]
    public void Of_WhenThePredictedTimeHasCome_NotInThePast()
    {
        var now = At(119);
        var report = Report() with { Stops = [new StopPrediction(2, At(10), At(20), 10, false)] };

        var state = _rule.Of(Plan, 2, report, true, now);

        state.Kind.ShouldBe(DepartureKind.Predicted);
        state.Arrival.ShouldBe(now);
        state.Departure.ShouldBe(now);
    }

    [Fact]
    public void Of_WhenThePositionAges_ConfidenceFallsAndTheAgeIsSaid()
    {
        var shares = new List<double>();
        for (var seconds = 0; seconds <= 120; seconds += 30)
        {
            var confidence = _rule.Of(Plan, 3, Report(), true, At(seconds)).Confidence!.Value;
            confidence.Age.ShouldBe(TimeSpan.FromSeconds(seconds));
            shares.Add(confidence.Share);
        }

        shares.ShouldBe(shares.OrderDescending());
        shares[0].ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [InlineData(0, DepartureKind.Scheduled)]
    [InlineData(600, DepartureKind.Unconfirmed)]
    public void Of_WhenSilentBeforeItsStart_ScheduledUnlessItWasLate(int lateSeconds, DepartureKind expected)
    {
        var before = Plan.Start - TimeSpan.FromMinutes(10);
        var start = Plan.Start + TimeSpan.FromSeconds(lateSeconds);
        var report = Report() with { NextStop = 0, IsAhead = true, PositionAt = before - TimeSpan.FromMinutes(5), Stops = [new StopPrediction(0, start, start, 10, false)] };

        _rule.Of(Plan, 0, report, true, before).Kind.ShouldBe(expected);
    }

    // Four minutes after its start the vehicle is before the third stop.
    private static DateTimeOffset At(int seconds) => Plan.Start + TimeSpan.FromSeconds(240 + seconds);

    private static TripReport Report() => new()
    {
        Key = Plan.Key,
        RouteId = Plan.RouteId,
        VehicleId = "bus",
        PositionAt = At(0),
        NextStop = 2,
        Stops = [.. Enumerable.Range(2, 4).Select(stop => new StopPrediction(stop, At((stop - 1) * 120), At((stop - 1) * 120), 20, false))],
    };
}
