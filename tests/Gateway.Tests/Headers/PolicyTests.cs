using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests.Headers;

/// <summary>What pages may load: ours to say, unless a service of the platform is stricter about a page of its own.</summary>
public sealed class PolicyTests
{
    private const string Stricter = "default-src 'none'; style-src 'sha256-YWJj'; frame-ancestors 'none'";

    [Theory]
    [InlineData(Stricter, Stricter)]
    [InlineData("default-src *", "default-src 'none'; frame-ancestors 'none'")]
    [InlineData("default-src 'none'; style-src 'unsafe-inline'", "default-src 'none'; frame-ancestors 'none'")]
    public async Task Answer_WhenAServiceBringsAPolicy_KeepsItOnlyWhereItAllowsOneStyleSheetByItsHash(string said, string kept)
    {
        await using var alerts = await Backend.StartAsync(context =>
        {
            context.Response.Headers.ContentSecurityPolicy = said;
            return context.Response.WriteAsync("page");
        });
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts });
        gateway.Serve(TestTown.Of());
        using var answer = await gateway.GetAsync("/api/162043/alerts/active");
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([kept]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }
}
