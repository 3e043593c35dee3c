using System.Net;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Tests.Limits;

public sealed class FloodTests
{
    private const int Flood = 300;

    [Fact]
    public async Task Town_WhenItIsFlooded_OnlyItIsSlowed()
    {
        await using var lamps = await Backend.SayingAsync("on");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address)) with { Limits = new TownLimits { RequestsPerSecond = 20 } });
        gateway.Serve(TestTown.In(TestTown.Nyuzen, TestTown.Lamps(lamps.Address)) with { Limits = new TownLimits { RequestsPerSecond = 20 } });

        var flood = await StatusesAsync(gateway, Flood, "/api/162043/lamps/x");
        var others = await StatusesAsync(gateway, 20, "/api/163422/lamps/x");

        flood.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(Flood / 2);
        flood.Count(status => status == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(20);
        others.ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Person_WhenOneAsksTooMuch_OthersOfTheTownAreAnswered()
    {
        await using var lamps = await Backend.SayingAsync("on");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address)) with { Limits = new TownLimits { RequestsPerSecond = 200, RequestsPerSecondOfPerson = 10 } });

        var flood = await StatusesAsync(gateway, Flood, "/api/162043/lamps/x", gateway.Issuer.TokenFor("busy", CityRoles.Resident, TestTown.Uozu));
        using var refused = await gateway.GetAsync("/api/162043/lamps/x", gateway.Issuer.TokenFor("busy", CityRoles.Resident, TestTown.Uozu));
        var other = await StatusesAsync(gateway, 10, "/api/162043/lamps/x", gateway.Issuer.TokenFor("calm", CityRoles.Resident, TestTown.Uozu));

        flood.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(Flood / 2);
        other.ShouldAllBe(status => status == HttpStatusCode.OK);
        if (refused.StatusCode != HttpStatusCode.OK)
        {
            (await GatewayApp.ProblemAsync(refused, HttpStatusCode.TooManyRequests)).ShouldBe("too-many-requests");
            refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(1);
        }
    }

    [Fact]
    public async Task Service_WhenItHasALimit_TheTownsOtherServicesDoNotShareIt()
    {
        await using var lamps = await Backend.SayingAsync("on");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with { RequestsPerSecond = 5 }, TestTown.Lamps(lamps.Address) with { Name = "buses" }));

        (await StatusesAsync(gateway, 50, "/api/162043/lamps/x")).ShouldContain(HttpStatusCode.TooManyRequests);
        (await StatusesAsync(gateway, 50, "/api/162043/buses/x")).ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Address_WhenAProxyIsTrusted_IsTheOneBehindIt()
    {
        await using var alerts = await Backend.StartAsync(context => context.Response.WriteAsync(context.Request.Headers["X-Forwarded-For"].ToString()));
        var platform = new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts };
        await using var gateway = await GatewayApp.StartAsync(
            platform, arguments: ["--Gateway:TrustedProxies:0", "127.0.0.0/8", "--Gateway:AddressRequestsPerSecond", "5", "--Gateway:CacheSeconds", "0"]);
        gateway.Serve(TestTown.Of());

        (await gateway.GetTextAsync("/api/162043/alerts/active", null, ("X-Forwarded-For", "6.6.6.6, 198.51.100.7, 127.0.0.9"))).ShouldBe("198.51.100.7");
        var one = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.GetAsync("/api/162043/alerts/active", null, ("X-Forwarded-For", "198.51.100.8"))));
        one.ShouldContain(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        (await gateway.GetTextAsync("/api/162043/alerts/active", null, ("X-Forwarded-For", "198.51.100.9"))).ShouldBe("198.51.100.9");
    }

    [Fact]
    public async Task Address_WhenNoProxyIsTrusted_IsTheConnections()
    {
        await using var alerts = await Backend.StartAsync(context => context.Response.WriteAsync(context.Request.Headers["X-Forwarded-For"].ToString()));
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts });
        gateway.Serve(TestTown.Of());

        (await gateway.GetTextAsync("/api/162043/alerts/active", null, ("X-Forwarded-For", "6.6.6.6"))).ShouldBe("127.0.0.1");
    }

    private static async Task<HttpStatusCode[]> StatusesAsync(GatewayApp gateway, int requests, string path, string? token = null)
        => await Task.WhenAll(Enumerable.Range(0, requests).Select(async _ =>
        {
            using var answer = await gateway.GetAsync(path, token);
            return answer.StatusCode;
        }));
}
