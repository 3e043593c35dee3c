using System.Net;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Tests.Identity;

/// <summary>What the gateway alone refuses of the registry: the one behind it here checks nothing.</summary>
public sealed class RegistryDoorTests
{
    private static readonly string[] Below =
        ["", "/manifest", "/devices", "/devices/river-1/keys", "/exchange-log", "/grants", "/files/" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"];

    [Theory]
    [InlineData("municipalities")]
    [InlineData("Municipalities")]
    [InlineData("MUNICIPALITIES")]
    [InlineData("%6Dunicipalities")]
    public async Task Municipality_WhenTheTokenIsOfAnother_IsRefusedHoweverItIsWritten(string written)
    {
        await using var registry = await Backend.SayingAsync("the registry");
        await using var gateway = await StartAsync(registry);
        var other = gateway.Issuer.TokenFor("a", CityRoles.Officer, TestTown.Nyuzen);

        foreach (var path in Below.Select(below => $"/api/registry/{written}/{TestTown.Uozu}{below}"))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete })
            {
                using var answer = await gateway.SendAsync(method, path, other);
                (await GatewayApp.ProblemAsync(answer, HttpStatusCode.Forbidden)).ShouldBe("other-municipality", $"{method} {path}");
            }
        }

        registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Municipality_WhenTheTokenIsOfIt_IsLeftToTheRegistry()
    {
        await using var registry = await Backend.SayingAsync("the registry");
        await using var gateway = await StartAsync(registry);

        foreach (var path in Below.Select(below => $"/api/registry/municipalities/{TestTown.Uozu}{below}"))
        {
            (await gateway.GetTextAsync(path, gateway.Issuer.TokenFor("a", CityRoles.Clerk, TestTown.Uozu))).ShouldBe("the registry", path);
            (await gateway.GetTextAsync(path, gateway.Issuer.TokenFor("o", CityRoles.Operator, ""))).ShouldBe("the registry", path);
        }

        (await gateway.GetTextAsync("/api/registry/municipalities")).ShouldBe("the registry");
        (await gateway.GetTextAsync("/api/registry/municipalities/")).ShouldBe("the registry");
    }

    [Theory]
    [InlineData(TestTown.Uozu)]
    [InlineData("172022")]
    public async Task Municipality_WhenNobodyIsSignedIn_AsksForAToken(string code)
    {
        await using var registry = await Backend.SayingAsync("the registry");
        await using var gateway = await StartAsync(registry);

        using var answer = await gateway.GetAsync($"/api/registry/municipalities/{code}/manifest");

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.Unauthorized)).ShouldBe("not-signed-in");
        registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Municipality_WhenItIsFlooded_OthersAreAnswered()
    {
        await using var registry = await Backend.SayingAsync("the registry");
        await using var gateway = await StartAsync(registry);
        gateway.Serve(TestTown.Of() with { Limits = new TownLimits { RequestsPerSecond = 20, RequestsPerSecondOfPerson = 1000 } });
        gateway.Serve(TestTown.In(TestTown.Nyuzen));

        var token = gateway.Issuer.TokenFor("clerk", CityRoles.Clerk, TestTown.Uozu);

        var flood = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => StatusAsync(gateway, TestTown.Uozu, token)));
        var other = await StatusAsync(gateway, TestTown.Nyuzen, gateway.Issuer.TokenFor("clerk", CityRoles.Clerk, TestTown.Nyuzen));

        flood.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(150);
        flood.Count(status => status == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(20);
        other.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Municipality_WhenItsOwnSiteAsks_MayBeReadByItAlone()
    {
        await using var registry = await Backend.SayingAsync("the registry");
        await using var gateway = await StartAsync(registry);
        gateway.Serve(TestTown.Of() with { AllowedOrigins = ["https://www.city.uozu.example"] });
        var token = gateway.Issuer.TokenFor("a", CityRoles.Clerk, TestTown.Uozu);

        using var own = await gateway.GetAsync($"/api/registry/municipalities/{TestTown.Uozu}/manifest", token, ("Origin", "https://www.city.uozu.example"));
        using var other = await gateway.GetAsync($"/api/registry/municipalities/{TestTown.Uozu}/manifest", token, ("Origin", "https://elsewhere.example"));

        own.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://www.city.uozu.example"]);
        other.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayApp gateway, string town, string token)
    {
        using var answer = await gateway.GetAsync($"/api/registry/municipalities/{town}/manifest", token);
        return answer.StatusCode;
    }

    private static async Task<GatewayApp> StartAsync(Backend registry)
    {
        var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Registry] = registry });
        gateway.Serve(TestTown.Of());
        return gateway;
    }
}
