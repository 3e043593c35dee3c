using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using SmartCity.Transit.Realtime.Sources;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Tests.Vehicles;
using SmartCity.Transit.Vehicles.Plans;
using CallRelationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;

namespace SmartCity.Transit.Tests.Realtime;

public class SourceTests
{
    private const string Base = "/api/162043/transit/gtfs-realtime";
    private const string Named = """{ realtime: [{ id: prefecture, url: "https://feeds.example/updates.pb" }] }""";

    [Fact]
    public async Task Push_WhenAnotherAgencySaysADelay_TripUpdatesSayItToo()
    {
        await using var app = await RealtimeApp.StartAsync();
        var plan = app.Timetable(TimeSpan.FromSeconds(180));

        using var answer = await PushAsync(app, Delayed(app, plan, 240).ToByteArray());

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var update = (await app.FeedAsync("trip-updates")).Entity.ShouldHaveSingleItem().TripUpdate;
        // From the third stop on, by what was said of the third alone.
        update.StopTimeUpdate.Select(static stop => stop.StopId).ShouldBe(["s2", "s3", "s4", "s5"]);
        update.StopTimeUpdate.ShouldAllBe(static stop => stop.Arrival.Delay == 240);
    }

    [Fact]
    public async Task Push_WhenTheFeedIsNotRenewed_UnconfirmedAfterTheBoundAndStale()
    {
        await using var app = await RealtimeApp.StartAsync();
        var plan = app.Timetable(TimeSpan.FromSeconds(180));
        using var answer = await PushAsync(app, Delayed(app, plan, 240).ToByteArray());

        app.Clock.Advance(TimeSpan.FromSeconds(125));

        (await app.FeedAsync("trip-updates")).Entity.ShouldHaveSingleItem().TripUpdate.StopTimeUpdate.ShouldAllBe(static stop => stop.ScheduleRelationship == CallRelationship.NoData);
        (await SourceAsync(app)).GetProperty("status").GetString().ShouldBe("Stale");
    }

    [Fact]
    public async Task Push_WhenItIsAWebPage_RefusedWithNoticesAndTheLastGoodOneStays()
    {
        await using var app = await RealtimeApp.StartAsync();
        var plan = app.Timetable(TimeSpan.FromSeconds(180));
        using var good = await PushAsync(app, Delayed(app, plan, 240).ToByteArray());

        using var bad = await PushAsync(app, Encoding.UTF8.GetBytes("<html>Service unavailable</html>"));

        bad.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var problem = JsonDocument.Parse(await bad.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("notices")[0].GetProperty("code").GetString().ShouldBe("not-protobuf");
        (await app.FeedAsync("trip-updates")).Entity.ShouldHaveSingleItem().TripUpdate.StopTimeUpdate[0].Arrival.Delay.ShouldBe(240);
        (await SourceAsync(app)).GetProperty("status").GetString().ShouldBe("Failing");
    }

    [Fact]
    public async Task Push_WhenARunIsCancelled_Cancelled()
    {
        await using var app = await RealtimeApp.StartAsync();
        var plan = app.Timetable(TimeSpan.FromSeconds(-600));
        var message = Delayed(app, plan, 0);
        message.Entity[0].TripUpdate.Trip.ScheduleRelationship = TripDescriptor.Types.ScheduleRelationship.Canceled;

        using var answer = await PushAsync(app, message.ToByteArray());

        var update = (await app.FeedAsync("trip-updates")).Entity.ShouldHaveSingleItem().TripUpdate;
        update.Trip.ScheduleRelationship.ShouldBe(TripDescriptor.Types.ScheduleRelationship.Canceled);
        update.StopTimeUpdate.ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_WhenOnlyWhatChangedIsSent_TheRestStays()
    {
        await using var app = await RealtimeApp.StartAsync();
        var plan = app.Timetable(TimeSpan.FromSeconds(180));
        using var whole = await PushAsync(app, Delayed(app, plan, 240).ToByteArray());
        var change = new FeedMessage { Header = Header(app), Entity = { new FeedEntity { Id = "other", Alert = new Alert { InformedEntity = { new EntitySelector { StopId = "s1" } } } } } };
        change.Header.Incrementality = FeedHeader.Types.Incrementality.Differential;

        using var answer = await PushAsync(app, change.ToByteArray());

        (await app.FeedAsync("trip-updates")).Entity.Count.ShouldBe(1);
        (await app.FeedAsync("alerts")).Entity.ShouldHaveSingleItem().Alert.InformedEntity[0].StopId.ShouldBe("s1");
    }

    [Fact]
    public async Task Push_WhenItHasAVehicleOnly_ItsRunIsPredictedHere()
    {
        await using var app = await RealtimeApp.StartAsync();
        app.Timetable(TimeSpan.FromSeconds(180));
        var (latitude, longitude) = Line.Place(500, 0);
        var message = new FeedMessage
        {
            Header = Header(app),
            Entity = { new FeedEntity { Id = "v", Vehicle = new VehiclePosition { Trip = new TripDescriptor { TripId = "t1" }, Vehicle = new VehicleDescriptor { Id = "7" }, Position = new Position { Latitude = (float)latitude, Longitude = (float)longitude } } } },
        };

        using var answer = await PushAsync(app, message.ToByteArray());

        (await app.FeedAsync("trip-updates")).Entity.ShouldHaveSingleItem().TripUpdate.Vehicle.Id.ShouldBe("push:7");
    }

    [Theory]
    [InlineData("resident", HttpStatusCode.Forbidden)]
    [InlineData("clerk", HttpStatusCode.Forbidden)]
    [InlineData("officer", HttpStatusCode.OK)]
    [InlineData("service", HttpStatusCode.OK)]
    public async Task Push_ByRole_OnlyWhoMayHandThingsIn(string role, HttpStatusCode expected)
    {
        await using var app = await RealtimeApp.StartAsync();
        var plan = app.Timetable(TimeSpan.FromSeconds(180));

        using var answer = await PushAsync(app, Delayed(app, plan, 0).ToByteArray(), role);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Poll_WhenTheServerFails_TheLastGoodOneStaysAndItIsAskedLessOften()
    {
        var server = new FeedServer();
        await using var app = await RealtimeApp.StartAsync(Named, server.Install, "--Realtime:Sources:Follow=false");
        var plan = app.Timetable(TimeSpan.FromSeconds(180));
        var follower = app.Services.GetRequiredService<SourceFollower>();
        server.Body = Delayed(app, plan, 120).ToByteArray();
        await follower.RoundAsync(CancellationToken.None);
        (await SourceAsync(app)).GetProperty("status").GetString().ShouldBe("Live");

        server.Status = HttpStatusCode.BadGateway;
        for (var round = 0; round < 4; round++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(21));
            await follower.RoundAsync(CancellationToken.None);
        }

        var asked = server.Asked;
        await follower.RoundAsync(CancellationToken.None);
        server.Asked.ShouldBe(asked, "it is not asked again before its time");
        var source = await SourceAsync(app);
        source.GetProperty("failures").GetInt32().ShouldBe(4);
        source.GetProperty("status").GetString().ShouldBe("Failing");
        source.GetProperty("trips").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Poll_WhenNothingChanged_AskedByETag()
    {
        var server = new FeedServer { ETag = "\"one\"" };
        await using var app = await RealtimeApp.StartAsync(Named, server.Install, "--Realtime:Sources:Follow=false");
        var plan = app.Timetable(TimeSpan.FromSeconds(180));
        server.Body = Delayed(app, plan, 120).ToByteArray();
        var follower = app.Services.GetRequiredService<SourceFollower>();
        await follower.RoundAsync(CancellationToken.None);
        app.Clock.Advance(TimeSpan.FromSeconds(21));

        await follower.RoundAsync(CancellationToken.None);

        server.NotModified.ShouldBe(1);
        (await SourceAsync(app)).GetProperty("failures").GetInt32().ShouldBe(0);
    }

    private static FeedHeader Header(RealtimeApp app) => new()
    {
        GtfsRealtimeVersion = "2.0",
        Incrementality = FeedHeader.Types.Incrementality.FullDataset,
        Timestamp = (ulong)app.Clock.GetUtcNow().ToUnixTimeSeconds(),
    };

    private static FeedMessage Delayed(RealtimeApp app, TripPlan plan, int seconds) => new()
    {
        Header = Header(app),
        Entity =
        {
            new FeedEntity
            {
                Id = "u",
                TripUpdate = new TripUpdate
                {
                    Trip = new TripDescriptor { TripId = plan.Key.TripId, StartDate = plan.Key.StartDate },
                    StopTimeUpdate = { new TripUpdate.Types.StopTimeUpdate { StopSequence = 3, Arrival = new TripUpdate.Types.StopTimeEvent { Delay = seconds } } },
                },
            },
        },
    };

    private static async Task<HttpResponseMessage> PushAsync(RealtimeApp app, byte[] content, string role = "service")
    {
        using var request = app.As(HttpMethod.Post, Base, role);
        request.Content = new ByteArrayContent(content) { Headers = { ContentType = new("application/x-protobuf") } };
        return await app.Http.SendAsync(request);
    }

    private static async Task<JsonElement> SourceAsync(RealtimeApp app)
        => (await app.Http.GetFromJsonAsync<JsonElement>($"{Base}/sources")).GetProperty("items")[0].Clone();

    private sealed class FeedServer : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public byte[] Body { get; set; } = [];

        public string? ETag { get; init; }

        public int Asked { get; private set; }

        public int NotModified { get; private set; }

        public void Install(WebApplicationBuilder builder)
            => builder.Services.Configure<HttpClientFactoryOptions>(SourceClient.Name, options => options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = this));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            if (ETag is not null && request.Headers.IfNoneMatch.ToString() == ETag)
            {
                NotModified++;
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotModified));
            }

            var response = new HttpResponseMessage(Status) { Content = new ByteArrayContent(Status == HttpStatusCode.OK ? Body : []) };
            if (ETag is not null)
            {
                response.Headers.TryAddWithoutValidation("ETag", ETag);
            }

            return Task.FromResult(response);
        }
    }
}
