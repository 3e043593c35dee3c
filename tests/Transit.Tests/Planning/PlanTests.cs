using SmartCity.Transit.Planning.Answers;

namespace SmartCity.Transit.Tests.Planning;

public sealed class PlanTests : IAsyncLifetime
{
    private PlanApp _app = null!;

    public async Task InitializeAsync() => _app = await PlanApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Plan_BetweenStops_SaysWhichBusWhenAndForHowMuch()
    {
        var plan = await _app.PlanAsync("from=station&to=clinic&at=2026-07-01T07:30:00%2B09:00&language=en");

        var itinerary = plan.Items.ShouldHaveSingleItem();
        itinerary.StartsAt.ShouldBe(At("2026-07-01T08:00:00+09:00"));
        itinerary.EndsAt.ShouldBe(At("2026-07-01T08:20:00+09:00"));
        itinerary.Fare.ShouldBe(new ItineraryFare(200, "JPY"));
        var leg = itinerary.Legs.ShouldHaveSingleItem();
        leg.TripId.ShouldBe("t0");
        leg.RouteName.ShouldBe("Town bus");
        leg.From.Name.ShouldBe("Station");
        leg.Status.ShouldBe(LegStatus.Scheduled);
        leg.WheelchairAccessible.ShouldBe(true);
        leg.DistanceMetres.ShouldBeInRange(3_000, 3_100);
    }

    [Fact]
    public async Task Plan_WhenABusIsLate_SaysPredictedAndScheduledTimes()
    {
        var plan = await _app.PlanAsync("from=station&to=clinic&at=2026-07-02T08:30:00%2B09:00");

        var leg = plan.Items.ShouldHaveSingleItem().Legs.ShouldHaveSingleItem();
        leg.Status.ShouldBe(LegStatus.Predicted);
        leg.StartsAt.ShouldBe(At("2026-07-02T09:05:00+09:00"));
        leg.ScheduledStartsAt.ShouldBe(At("2026-07-02T09:00:00+09:00"));
    }

    [Fact]
    public async Task Plan_AfterMidnight_TakesTheTripOfYesterdaysServiceDay()
    {
        var plan = await _app.PlanAsync("from=station&to=clinic&at=2026-07-02T00:10:00%2B09:00");

        var leg = plan.Items.ShouldHaveSingleItem().Legs.ShouldHaveSingleItem();
        leg.StartsAt.ShouldBe(At("2026-07-02T00:30:00+09:00"));
        leg.ServiceDate.ShouldBe(new DateOnly(2026, 7, 1));
    }

    [Fact]
    public async Task Plan_ArrivingBy_LeavesAsLateAsPossible()
    {
        var plan = await _app.PlanAsync("from=36.8270,137.4090&to=clinic&at=2026-07-01T10:00:00%2B09:00&arriveBy=true");

        var itinerary = plan.Items.ShouldHaveSingleItem();
        itinerary.Legs[0].Kind.ShouldBe(LegKind.Walk);
        itinerary.Legs[1].TripId.ShouldBe("t1");
        itinerary.Legs[0].EndsAt.ShouldBe(itinerary.Legs[1].StartsAt);
    }

    [Fact]
    public async Task Plan_OfAWindow_GivesEveryBusWithinIt()
    {
        var plan = await _app.PlanAsync("from=station&to=clinic&at=2026-07-01T07:30:00%2B09:00&windowMinutes=120");

        plan.Items.Select(item => item.Legs[0].TripId).ShouldBe(["t0", "t1"]);
    }

    [Theory]
    [InlineData("from=nowhere&to=clinic", 404, "unknown-stop", "nowhere")]
    [InlineData("from=station&to=35.0,139.0", 422, "outside-covered-area", "km away")]
    [InlineData("from=station&to=clinic&at=2027-01-01T08:00:00%2B09:00", 422, "outside-feed-period", "from 2026-07-01 to 2026-07-31")]
    [InlineData("from=station&to=clinic&walkingSpeedMetresPerSecond=9", 400, "bad-walking-speed", "'9'")]
    [InlineData("from=station&to=clinic&at=tomorrow", 400, "bad-time", "tomorrow")]
    [InlineData("from=station&to=clinic&maximumTransfers=99", 400, "bad-maximum-transfers", "99")]
    [InlineData("from=station&to=91,0", 400, "bad-point", "91,0")]
    [InlineData("from=station", 400, "plan-without-ends", "to")]
    public async Task Plan_WhenAskedWrongly_SaysWhatAndHow(string query, int status, string code, string words)
    {
        var refusal = await _app.RefusalAsync(query);

        (refusal.Status, refusal.Code).ShouldBe((status, code));
        refusal.Detail.ShouldContain(words);
    }

    [Fact]
    public async Task Plan_WithoutAFeed_SaysSo() => (await _app.RefusalAsync("from=a&to=b", "163422")).Code.ShouldBe("no-feed");

    [Fact]
    public async Task Plan_WhileTheFirstTimetableIsBuilt_SaysWhenToComeAgain()
    {
        var refusal = await _app.RefusalAsync("from=a&to=b", PlanApp.Coming);

        (refusal.Status, refusal.Code).ShouldBe((503, "timetable-not-ready"));
        (await _app.RetryAfterAsync("from=a&to=b", PlanApp.Coming)).ShouldBe(TimeSpan.FromSeconds(2));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
