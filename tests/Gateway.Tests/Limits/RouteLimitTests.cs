using System.Net;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Tests.Limits;

/// <summary>How much a route takes, and how long it has, where it says so itself.</summary>
public sealed class RouteLimitTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData("/notes", 60, HttpStatusCode.OK)]
    [InlineData("/notes", 101, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/photos", 101, HttpStatusCode.OK)]
    [InlineData("/photos", 5001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_WhenARouteSaysHowLarge_IsMeasuredByThatRoute(string path, int bytes, HttpStatusCode expected)
    {
        await using var lamps = await Backend.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("taken");
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with
        {
            MaximumRequestBytes = 100,
            Routes = [new ThirdPartyRoute { Path = "/notes", Methods = ["POST"] }, new ThirdPartyRoute { Path = "/photos", Methods = ["POST"], MaximumRequestBytes = 5000 }],
        }));

        using var stated = await gateway.SendAsync(HttpMethod.Post, "/api/162043/lamps" + path, body: new ByteArrayContent(new byte[bytes]));
        using var unstated = await gateway.SendAsync(HttpMethod.Post, "/api/162043/lamps" + path, body: new StreamContent(new Unmeasured(bytes)));

        stated.StatusCode.ShouldBe(expected);
        unstated.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Answer_WhenARouteSaysHowLong_IsWaitedForThatLong()
    {
        await using var lamps = await Backend.StartAsync(async context =>
        {
            await Task.WhenAny(Task.Delay(Timeout.Infinite, context.RequestAborted));
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with
        {
            TimeoutSeconds = 300,
            Routes = [new ThirdPartyRoute { Path = "/slow" }, new ThirdPartyRoute { Path = "/quick", TimeoutSeconds = 0.2 }],
        }));

        var slow = gateway.GetAsync("/api/162043/lamps/slow");
        using var quick = await gateway.GetAsync("/api/162043/lamps/quick");

        (await quick.Content.ReadAsStringAsync()).ShouldContain("0.2 s");
        (await GatewayApp.ProblemAsync(quick, HttpStatusCode.GatewayTimeout)).ShouldBe("service-timeout");
        slow.IsCompleted.ShouldBeFalse();
        await lamps.KillAsync();
        (await slow).Dispose();
    }

    [Theory]
    [InlineData("PUT", "/municipalities/162043/manifest", 2 * Mebibyte, HttpStatusCode.OK)]
    [InlineData("PUT", "/municipalities/162043/manifest", 25 * Mebibyte, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("PUT", "/municipalities/162043/files/0123", 25 * Mebibyte, HttpStatusCode.OK)]
    [InlineData("POST", "/municipalities/162043/devices", 2 * Mebibyte, HttpStatusCode.RequestEntityTooLarge)]
    public async Task PlatformBody_WhenTheTableSaysHowLarge_IsMeasuredByItsRoute(string method, string path, int bytes, HttpStatusCode expected)
    {
        await using var registry = await Backend.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("taken");
        });
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Registry] = registry });
        gateway.Serve(TestTown.Of());

        using var answer = await gateway.SendAsync(
            new HttpMethod(method), "/api/registry" + path, gateway.Issuer.TokenFor("a", CityRoles.Clerk, TestTown.Uozu), new ByteArrayContent(new byte[bytes]),
            // A refusal then comes before the body is sent, and not while it is.
            ("Expect", "100-continue"));

        answer.StatusCode.ShouldBe(expected);
    }

    /// <summary>A body whose length nobody knows beforehand.</summary>
    private sealed class Unmeasured(int bytes) : MemoryStream(new byte[bytes])
    {
        public override bool CanSeek => false;
    }
}
