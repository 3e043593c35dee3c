using System.Net;
using SmartCity.ServiceDefaults.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.Exchange;

/// <summary>The registry is away: what works without it works, and nobody acts for anybody.</summary>
public sealed class OnBehalfGateTests
{
    private static readonly string Token = TestTokens.For("daughter-1", ["resident"], GuardedApp.Town);

    [Theory]
    [InlineData(null, "daughter-1", HttpStatusCode.OK)]
    [InlineData("daughter-1", "daughter-1", HttpStatusCode.OK)]
    [InlineData("father-1", "grants-not-known", HttpStatusCode.ServiceUnavailable)]
    public async Task Request_WhenTheRegistryIsAway_ActsForOneselfOnly(string? onBehalfOf, string answer, HttpStatusCode status)
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, "/mine", token: Token, onBehalfOf: onBehalfOf);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain(answer);
    }

    [Fact]
    public async Task Request_WhenTheRouteDoesNotKnowTheHeader_IsRefused()
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, "/notes", token: Token, onBehalfOf: "father-1");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        app.Handled.ShouldBeEmpty();
    }
}
