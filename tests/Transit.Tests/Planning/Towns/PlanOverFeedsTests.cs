using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Transit.Planning.Towns;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Tests.Planning.Towns;

/// <summary>From the zip that staff hand in to the journeys that everybody is told of. It is 7:50 on 2 July; buses leave S1 at 8:00 and 9:00.</summary>
public sealed class PlanOverFeedsTests : IAsyncLifetime
{
    private static readonly TripKey First = new("T1", "20260702");

    private TransitApp _app = null!;

    private RealtimeBoard Board => _app.Services.GetRequiredService<RealtimeBoard>();

    public async Task InitializeAsync() => _app = await TransitApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Plan_RightAfterAFeedCame_FindsTheNextBus()
    {
        await _app.ImportAsync(new FeedBuilder().Zip());

        var itinerary = (await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem();

        itinerary.GetProperty("startsAt").GetString().ShouldBe("2026-07-02T08:00:00+09:00");
        itinerary.GetProperty("endsAt").GetString().ShouldBe("2026-07-02T08:10:00+09:00");
        var leg = Legs(itinerary).ShouldHaveSingleItem();
        leg.GetProperty("tripId").GetString().ShouldBe("T1");
        leg.GetProperty("headsign").GetString().ShouldBe("Harbour");
        leg.GetProperty("feed").GetString().ShouldBe("main");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("en-US")]
    public async Task Plan_InAnotherLanguage_HasTheFeedsTranslations(string language)
    {
        await _app.ImportAsync(new FeedBuilder().With("translations.txt", "table_name,field_name,language,translation,record_id,field_value",
            "stops,stop_name,en,The Station,S1,", "routes,route_short_name,en,Line One,R1,", "trips,trip_headsign,en,To the Harbour,,Harbour").Zip());

        var leg = Legs((await PlanAsync("from=S1&to=S3&language=" + language)).ShouldHaveSingleItem()).ShouldHaveSingleItem();

        leg.GetProperty("from").GetProperty("name").GetString().ShouldBe("The Station");
        leg.GetProperty("routeName").GetString().ShouldBe("Line One");
        leg.GetProperty("headsign").GetString().ShouldBe("To the Harbour");
    }

    [Fact]
    public async Task Plan_WhenTheFeedHasFares_SaysWhatTheRideCosts()
    {
        await _app.ImportAsync(new FeedBuilder()
            .With("fare_attributes.txt", "fare_id,price,currency_type,payment_method,transfers", "NEAR,150,JPY,0,0", "FAR,300,JPY,0,0")
            .With("fare_rules.txt", "fare_id,route_id,origin_id,destination_id", "NEAR,R1,Z1,Z2", "FAR,R1,Z1,Z3").Zip());

        var fare = (await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem().GetProperty("fare");

        (fare.GetProperty("amount").GetDecimal(), fare.GetProperty("currency").GetString()).ShouldBe((300, "JPY"));
    }

    [Fact]
    public async Task Plan_FromAStation_TakesItsPlatforms()
    {
        await _app.ImportAsync(new FeedBuilder().With("stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station",
            "CENTRAL,Central,36.8200,137.4000,1,", "S1,Platform 1,36.8200,137.4000,0,CENTRAL", "S2,Hospital,36.8250,137.4050,0,", "S3,Harbour,36.8300,137.4100,0,").Zip());

        Legs((await PlanAsync("from=CENTRAL&to=S3")).ShouldHaveSingleItem()).ShouldHaveSingleItem().GetProperty("tripId").GetString().ShouldBe("T1");
    }

    [Fact]
    public async Task Plan_OverTwoFeeds_ChangesFromOneToTheOther()
    {
        await _app.ImportAsync(new FeedBuilder().Zip(), "bus");
        await _app.ImportAsync(new FeedBuilder()
            .With("stops.txt", "stop_id,stop_name,stop_lat,stop_lon", "P1,Harbour pier,36.8301,137.4101", "P2,Island,36.9000,137.4100", "P3,Far island,36.9500,137.4100")
            .Replacing("stop_times.txt", ",S1,", ",P1,").Replacing("stop_times.txt", ",S2,", ",P2,").Replacing("stop_times.txt", ",S3,", ",P3,")
            .Replacing("stop_times.txt", ",8:", ",10:").Replacing("stop_times.txt", ",9:", ",11:").Without("shapes.txt")
            .With("trips.txt", "route_id,service_id,trip_id", "R1,DAILY,T1", "R1,DAILY,T2").Zip(), "ferry");
        await SettledAsync();

        var legs = Legs((await PlanAsync("from=S1&to=P3")).ShouldHaveSingleItem());

        legs.Select(leg => leg.GetProperty("kind").GetString()).ShouldBe(["Ride", "Walk", "Ride"]);
        legs.Where(leg => leg.GetProperty("kind").GetString() == "Ride").Select(leg => leg.GetProperty("feed").GetString()).ShouldBe(["bus", "ferry"]);
    }

    [Fact]
    public async Task Plan_WhenTheBusIsLate_SaysSo_AndForgetsItWhenTheBusFallsSilent()
    {
        await _app.ImportAsync(new FeedBuilder().Zip());
        Report(delay: TimeSpan.FromMinutes(7));

        var late = Legs((await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem()).ShouldHaveSingleItem();
        late.GetProperty("status").GetString().ShouldBe("Predicted");
        late.GetProperty("startsAt").GetString().ShouldBe("2026-07-02T08:07:00+09:00");

        _app.Clock.Advance(Board.SilentAfter + TimeSpan.FromSeconds(1));
        var silent = Legs((await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem()).ShouldHaveSingleItem();
        silent.GetProperty("status").GetString().ShouldBe("Scheduled");
        silent.GetProperty("startsAt").GetString().ShouldBe("2026-07-02T08:00:00+09:00");
    }

    [Fact]
    public async Task Plan_WhenTheBusHasLeftEarly_TakesTheNext()
    {
        await _app.ImportAsync(new FeedBuilder().Zip());
        Report(delay: TimeSpan.FromMinutes(-9), nextStop: 1);

        Legs((await PlanAsync("from=S1&to=S3&at=2026-07-02T07:59:00%2B09:00")).ShouldHaveSingleItem()).ShouldHaveSingleItem().GetProperty("tripId").GetString().ShouldBe("T2");
    }

    [Fact]
    public async Task Plan_WhenARunIsCancelled_TakesTheNext_AndTheCancelledAgainWhenThatIsTakenBack()
    {
        await _app.ImportAsync(new FeedBuilder().Zip());
        Board.Order(TransitApp.Uozu, First, TripOrder.Cancel("strike", TransitApp.Morning.AddHours(5)));
        Legs((await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem()).ShouldHaveSingleItem().GetProperty("tripId").GetString().ShouldBe("T2");

        Board.Order(TransitApp.Uozu, First, null);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        Legs((await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem()).ShouldHaveSingleItem().GetProperty("tripId").GetString().ShouldBe("T1");
    }

    [Fact]
    public async Task Plan_WhenAStopIsClosed_WalksToTheNextOne()
    {
        await _app.ImportAsync(new FeedBuilder().Zip());
        Board.CloseStops(TransitApp.Uozu, [new("S1", "flood")]);

        var legs = Legs((await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem());

        legs.Select(leg => leg.GetProperty("kind").GetString()).ShouldBe(["Walk", "Ride"]);
        legs[1].GetProperty("from").GetProperty("stopId").GetString().ShouldBe("S2");
    }

    [Fact]
    public async Task Plan_AfterANewVersion_IsOnIt()
    {
        var first = await _app.ImportAsync(new FeedBuilder().Zip());
        await PlanAsync("from=S1&to=S3");
        await _app.ImportAsync(new FeedBuilder().Replacing("stop_times.txt", "T1,8:00:00,8:00:00", "T1,7:58:00,7:58:00").Zip());
        await SettledAsync();

        var answer = await AnswerAsync("from=S1&to=S3");

        answer.GetProperty("items")[0].GetProperty("startsAt").GetString().ShouldBe("2026-07-02T07:58:00+09:00");
        answer.GetProperty("feedVersion").GetString().ShouldNotBe(first.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Plan_AfterARestart_IsThereAgain()
    {
        await _app.ImportAsync(new FeedBuilder().Zip());
        await _app.RestartAsync();

        (await PlanAsync("from=S1&to=S3")).ShouldHaveSingleItem();
    }

    private void Report(TimeSpan delay, int nextStop = 0)
    {
        var start = TransitApp.Morning.AddMinutes(10) + delay;
        var report = new TripReport
        {
            Key = First,
            RouteId = "R1",
            VehicleId = "bus-1",
            PositionAt = _app.Clock.GetUtcNow(),
            NextStop = nextStop,
            Stops = [.. Enumerable.Range(nextStop, 3 - nextStop).Select(stop => new StopPrediction(stop, start.AddMinutes(5 * stop), start.AddMinutes(5 * stop), 30, false))],
        };
        Board.Of(TransitApp.Uozu).Update(board => board with { Reports = ImmutableDictionary<TripKey, TripReport>.Empty.Add(First, report) });
    }

    private Task SettledAsync() => _app.Services.GetRequiredService<PlannerTowns>().SettleAsync(TransitApp.Uozu, CancellationToken.None);

    private Task<JsonElement> AnswerAsync(string query) => _app.GetAsync("plan?" + query);

    private async Task<IReadOnlyList<JsonElement>> PlanAsync(string query) => [.. (await AnswerAsync(query)).GetProperty("items").EnumerateArray()];

    private static List<JsonElement> Legs(JsonElement itinerary) => [.. itinerary.GetProperty("legs").EnumerateArray()];
}
