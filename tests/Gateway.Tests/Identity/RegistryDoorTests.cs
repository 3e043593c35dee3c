using System.Net;
using SmartCity.Contracts;
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
    }

    private static async Task<GatewayApp> StartAsync(Backend registry)
    {
        var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Registry] = registry });
        gateway.Serve(TestTown.Of());
        return gateway;
    }
}
