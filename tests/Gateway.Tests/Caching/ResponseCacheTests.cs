using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.TestKit;

namespace SmartCity.Gateway.Tests.Caching;

public sealed class ResponseCacheTests
{
    private const string Active = "/api/162043/alerts/active";
    private readonly FakeClock _clock = new();
    private int _answers;

    [Fact]
    public async Task OpenData_WhenHot_IsAskedForOnceASecond()
    {
        await using var gateway = await StartAsync(Counting());

        (await gateway.GetTextAsync(Active)).ShouldBe("answer 1");
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 1");
        _clock.Advance(TimeSpan.FromSeconds(2.1));
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 2");
    }

    [Theory]
    [InlineData("Accept", "application/xml")]
    [InlineData("Accept-Language", "ja")]
    [InlineData("Accept-Encoding", "br")]
    [InlineData("Origin", "https://city.example")]
    public async Task Answer_WhenAskedInAnotherForm_IsNotAnothersAnswer(string header, string value)
    {
        await using var gateway = await StartAsync(Counting());
        await gateway.GetTextAsync(Active);

        using var answer = await gateway.GetAsync(Active, null, (header, value));

        (await answer.Content.ReadAsStringAsync()).ShouldBe("answer 2");
        string.Join(',', answer.Headers.Vary).ShouldContain(header);
    }

    [Fact]
    public async Task ETag_WhenTheCallerHasTheAnswer_Is304FromMemoryAndFromTheService()
    {
        await using var gateway = await StartAsync(context => context.Response.WriteAsync("always the same"));
        using var first = await gateway.GetAsync(Active);
        var etag = first.Headers.ETag!.Tag;

        using var fromMemory = await gateway.GetAsync(Active, null, ("If-None-Match", etag));
        _clock.Advance(TimeSpan.FromSeconds(5));
        using var fromService = await gateway.GetAsync(Active, null, ("If-None-Match", "W/" + etag));
        using var other = await gateway.GetAsync(Active, null, ("If-None-Match", "\"other\""));

        fromMemory.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        fromService.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        fromMemory.Headers.ETag!.Tag.ShouldBe(etag);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("cookie set")]
    [InlineData("no-store")]
    [InlineData("vary by cookie")]
    [InlineData("problem")]
    [InlineData("stream")]
    public async Task Answer_WhenItIsForOneCallerOrNoData_IsNeverKept(string why)
    {
        await using var gateway = await StartAsync(context =>
        {
            var response = context.Response;
            switch (why)
            {
                case "cookie set":
                    response.Headers.SetCookie = "a=b";
                    break;
                case "no-store":
                    response.Headers.CacheControl = "no-store";
                    break;
                case "vary by cookie":
                    response.Headers.Vary = "Cookie";
                    break;
                case "problem":
                    response.ContentType = "application/problem+json";
                    break;
                case "stream":
                    response.ContentType = "text/event-stream";
                    break;
                default:
                    break;
            }

            return response.WriteAsync($"answer {Interlocked.Increment(ref _answers)}");
        });
        var token = why == "token" ? gateway.Issuer.TokenFor("a", CityRoles.Resident, TestTown.Uozu) : null;

        (await gateway.GetTextAsync(Active, token)).ShouldBe("answer 1");
        (await gateway.GetTextAsync(Active, token)).ShouldBe("answer 2");
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 3");
    }

    [Fact]
    public async Task Write_WhenItGoesThroughTheGateway_IsSeenAtOnce()
    {
        await using var gateway = await StartAsync(Counting());
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 1");

        using var written = await gateway.SendAsync(HttpMethod.Put, "/api/162043/alerts/shelters/s/status", gateway.Issuer.TokenFor("a", CityRoles.Clerk, TestTown.Uozu));

        written.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 3");
    }

    [Fact]
    public async Task Event_WhenItPassesOnAStream_IsInWhatIsReadAfterIt()
    {
        var counting = Counting();
        await using var gateway = await StartAsync(async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/stream", StringComparison.Ordinal))
            {
                await counting(context);
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: issued\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 1");
        (await gateway.GetTextAsync(Active)).ShouldBe("answer 1");

        using var stream = await gateway.GetAsync("/api/162043/alerts/stream");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync().WaitAsync(GatewayApp.Patience)).ShouldBe("data: issued");

        (await gateway.GetTextAsync(Active)).ShouldBe("answer 2");
    }

    [Fact]
    public async Task Answer_WhenItWasAskedWithACookie_DoesNotDependOnIt()
    {
        await using var alerts = await Backend.StartAsync(context => context.Response.WriteAsync("cookie: " + context.Request.Headers.Cookie));
        await using var gateway = await StartAsync(alerts);

        (await gateway.GetTextAsync(Active, null, ("Cookie", "who=taro"))).ShouldBe("cookie: ");
        (await gateway.GetTextAsync(Active)).ShouldBe("cookie: ");
    }

    [Fact]
    public async Task Answer_WhenItIsLarge_ArrivesWhole()
    {
        var large = new string('あ', 700_000);
        await using var gateway = await StartAsync(context => context.Response.WriteAsync(large));

        (await gateway.GetTextAsync(Active)).ShouldBe(large);
        (await gateway.GetTextAsync(Active)).ShouldBe(large);
    }

    [Fact]
    public async Task ThirdParty_WhenItSaysHowLong_IsKeptThatLong()
    {
        await using var lamps = await Backend.StartAsync(Counting());
        await using var gateway = await StartAsync(context => Task.CompletedTask);
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with { Routes = [new ThirdPartyRoute { Path = "/poles", CacheSeconds = 60 }] }));

        (await gateway.GetTextAsync("/api/162043/lamps/poles")).ShouldBe("answer 1");
        _clock.Advance(TimeSpan.FromSeconds(59));
        using var kept = await gateway.GetAsync("/api/162043/lamps/poles");
        (await kept.Content.ReadAsStringAsync()).ShouldBe("answer 1");
        kept.Headers.Age.ShouldBe(TimeSpan.FromSeconds(59));
        _clock.Advance(TimeSpan.FromSeconds(62));
        (await gateway.GetTextAsync("/api/162043/lamps/poles")).ShouldBe("answer 2");
    }

    private RequestDelegate Counting()
        => context => context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"answer {Interlocked.Increment(ref _answers)}"));

    private async Task<GatewayApp> StartAsync(RequestDelegate answer) => await StartAsync(await Backend.StartAsync(answer));

    private async Task<GatewayApp> StartAsync(Backend alerts)
    {
        var gateway = await GatewayApp.StartAsync(
            new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts },
            services => services.AddSingleton<TimeProvider>(_clock));
        gateway.Serve(TestTown.Of());
        return gateway;
    }
}
