using System.Net;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests.Headers;

public sealed class CorsTests
{
    private const string Site = "https://www.city.uozu.example";
    private const string Active = "/api/162043/alerts/active";

    [Fact]
    public async Task Preflight_WhenTheTownNamesTheOrigin_IsAnsweredWithoutAskingTheService()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts);

        using var allowed = await PreflightAsync(gateway, Site);
        using var refused = await PreflightAsync(gateway, "https://elsewhere.example");

        allowed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        allowed.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Site]);
        allowed.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
        (await GatewayApp.ProblemAsync(refused, HttpStatusCode.Forbidden)).ShouldBe("origin-not-allowed");
        refused.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        alerts.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_WhenAPageOfTheOriginAsks_MayBeReadByItAlone()
    {
        await using var alerts = await Backend.StartAsync(context =>
        {
            // What a service says about origins itself does not count.
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return context.Response.WriteAsync("alerts");
        });
        await using var gateway = await StartAsync(alerts);

        for (var time = 0; time < 2; time++)
        {
            using var own = await gateway.GetAsync(Active, null, ("Origin", Site));
            using var other = await gateway.GetAsync(Active, null, ("Origin", "https://elsewhere.example"));
            using var problem = await gateway.GetAsync("/api/162043/alerts/drafts", null, ("Origin", Site));

            own.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Site]);
            string.Join(',', own.Headers.Vary).ShouldContain("Origin");
            other.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
            problem.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Site]);
        }
    }

    [Fact]
    public async Task InternalHeaders_WhenSentFromOutside_DoNotArrive()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts);

        await gateway.GetTextAsync(Active, null, ("dapr-app-id", "registry"), ("DAPR-Caller-App-Id", "portal"), ("X-SmartCity-Role", "operator"), ("x-forwarded-host", "evil.example"));

        var headers = alerts.Requests.ShouldHaveSingleItem().Headers;
        headers.Keys.Where(name => name.StartsWith("dapr-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-smartcity-", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        headers["X-Forwarded-Host"].ShouldNotContain("evil");
        headers.ContainsKey("traceparent").ShouldBeTrue();
    }

    [Fact]
    public async Task Page_WhenAnswered_CarriesTheSecurityHeaders()
    {
        await using var portal = await Backend.SayingAsync("<html>");
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Portal] = portal });

        foreach (var path in new[] { "/", "/162043/", "/livez" })
        {
            using var answer = await gateway.GetAsync(path);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Referrer-Policy").Count().ShouldBe(1);
        }
    }

    private static async Task<GatewayApp> StartAsync(Backend alerts)
    {
        var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts });
        gateway.Serve(TestTown.Of() with { AllowedOrigins = [Site] });
        return gateway;
    }

    private static Task<HttpResponseMessage> PreflightAsync(GatewayApp gateway, string origin)
        => gateway.SendAsync(HttpMethod.Options, Active, headers: [("Origin", origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization")]);
}
