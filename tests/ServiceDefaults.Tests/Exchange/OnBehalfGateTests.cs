using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.Exchange;

/// <summary>Acting for another: with the registry away nobody acts for anybody, and a clerk stays within the own town.</summary>
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

    [Theory]
    [InlineData(GrantKind.Counter, GuardedApp.Town, HttpStatusCode.OK)]
    [InlineData(GrantKind.Counter, "172022", HttpStatusCode.Forbidden)]
    [InlineData(GrantKind.Family, "172022", HttpStatusCode.OK)]
    public async Task Request_WhenTheRouteIsOfATown_AClerksOwnGrantOpensTheGrantingTownAlone(GrantKind kind, string town, HttpStatusCode status)
    {
        await using var app = await GuardedApp.StartAsync(new OneGrant(kind));

        using var response = await app.SendAsync(
            HttpMethod.Get, $"/towns/{town}/mine", token: TestTokens.For("clerk-1", ["clerk"], GuardedApp.Town), onBehalfOf: "father-1");

        response.StatusCode.ShouldBe(status);
    }

    private sealed class OneGrant(GrantKind kind) : IGrantDirectory
    {
        public Task<IReadOnlyList<GrantView>> FindAsync(string actor, string subject, string scope, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<GrantView>>(
            [
                new GrantView
                {
                    Id = "grant-1",
                    Municipality = GuardedApp.Town,
                    Subject = subject,
                    Actor = actor,
                    Kind = kind,
                    Scopes = [scope],
                    Purpose = "窓口",
                    Evidence = "passport-shown",
                    CreatedBy = actor,
                    CreatedAt = DateTimeOffset.UnixEpoch,
                    ExpiresAt = DateTimeOffset.MaxValue,
                },
            ]);
    }
}
