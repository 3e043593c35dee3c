using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Tests.Routing;

public sealed class ThirdPartyRouteTests
{
    [Fact]
    public async Task Service_WhenItsTownNamesIt_AnswersAtOnceWithoutThePrefix()
    {
        await using var gateway = await GatewayApp.StartAsync();
        await using var lamps = await Backend.SayingAsync("on");
        using (var before = await gateway.GetAsync("/api/162043/lamps/poles/7?dim=1"))
        {
            (await GatewayApp.ProblemAsync(before, HttpStatusCode.NotFound)).ShouldBe("unknown-municipality");
        }

        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address + "/v2")));

        (await gateway.GetTextAsync("/api/162043/lamps/poles/7?dim=1")).ShouldBe("on");
        lamps.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v2/poles/7?dim=1");
    }

    [Fact]
    public async Task Service_WhenItsTownDropsIt_IsA404ThatSaysSo()
    {
        await using var gateway = await GatewayApp.StartAsync();
        await using var lamps = await Backend.SayingAsync("on");
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address)));
        (await gateway.GetTextAsync("/api/162043/lamps/x")).ShouldBe("on");

        gateway.Serve(TestTown.Of());

        using var after = await gateway.GetAsync("/api/162043/lamps/x");
        (await GatewayApp.ProblemAsync(after, HttpStatusCode.NotFound)).ShouldBe("service-not-onboarded");
    }

    [Theory]
    [InlineData("GET", "/poles/7", HttpStatusCode.OK)]
    [InlineData("HEAD", "/poles/7", HttpStatusCode.OK)]
    [InlineData("POST", "/poles/7", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/switch/a/b", HttpStatusCode.OK)]
    [InlineData("GET", "/poles", HttpStatusCode.NotFound)]
    [InlineData("GET", "/poles/7/secret", HttpStatusCode.NotFound)]
    [InlineData("GET", "/poles/../admin", HttpStatusCode.NotFound)]
    public async Task Route_WhenPathOrMethodIsNotServed_NothingReachesTheService(string method, string path, HttpStatusCode expected)
    {
        await using var gateway = await GatewayApp.StartAsync();
        await using var lamps = await Backend.SayingAsync("on");
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with
        {
            Routes = [new ThirdPartyRoute { Path = "/poles/{id}" }, new ThirdPartyRoute { Path = "/switch/{**rest}", Methods = ["POST"] }],
        }));

        using var answer = await gateway.SendAsync(new HttpMethod(method), "/api/162043/lamps" + path);

        answer.StatusCode.ShouldBe(expected);
        lamps.Requests.Count.ShouldBe(expected == HttpStatusCode.OK ? 1 : 0);
        if (expected == HttpStatusCode.MethodNotAllowed)
        {
            answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
        }
    }

    [Fact]
    public async Task BadConfiguration_BesideAGoodTown_KeepsTheLastGoodOneAndNamesEveryFault()
    {
        await using var gateway = await GatewayApp.StartAsync();
        await using var lamps = await Backend.SayingAsync("on");
        await using var other = await Backend.SayingAsync("other");
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address)));

        gateway.Towns.Change(
            [
                TestTown.Of(
                    TestTown.Lamps("ftp://lamps.example") with { TimeoutSeconds = 0, RequiredRole = "king" },
                    TestTown.Lamps(lamps.Address) with { Name = "alerts", Routes = [new ThirdPartyRoute { Path = "poles", Methods = ["LOOK"] }] },
                    TestTown.Lamps() with { Name = "inside", AppId = "registry" }),
                TestTown.In(TestTown.Nyuzen, TestTown.Lamps(other.Address)),
            ],
            []);

        (await gateway.GetTextAsync("/api/162043/lamps/x")).ShouldBe("on");
        (await gateway.GetTextAsync("/api/163422/lamps/x")).ShouldBe("other");
        var routes = JsonDocument.Parse(await gateway.GetTextAsync("/gateway/routes", gateway.Issuer.TokenFor("o", CityRoles.Operator, ""))).RootElement;
        routes.GetProperty("version").GetInt64().ShouldBe(3);
        var faults = routes.GetProperty("faults").EnumerateArray().ShouldHaveSingleItem();
        faults.GetProperty("municipality").GetString().ShouldBe(TestTown.Uozu);
        var texts = faults.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()!).ToArray();
        texts.Length.ShouldBe(7, string.Join('\n', texts));
        foreach (var part in new[] { "ftp://", "timeoutSeconds", "king", "platform's own", "'poles'", "LOOK", "appId 'registry'" })
        {
            texts.ShouldContain(text => text.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Routes_WhenAskedByOtherThanAnOperator_AreRefused()
    {
        await using var gateway = await GatewayApp.StartAsync();

        using var nobody = await gateway.GetAsync("/gateway/routes");
        using var officer = await gateway.GetAsync("/gateway/routes", gateway.Issuer.TokenFor("o", CityRoles.Officer, TestTown.Uozu));

        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        officer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task AppId_WhenGiven_IsInvokedThroughTheSidecarOnly()
    {
        await using var sidecar = await Backend.SayingAsync("from the app");
        await using var gateway = await GatewayApp.StartAsync(arguments: ["--Dapr:HttpEndpoint", sidecar.Address]);
        gateway.Serve(TestTown.Of(TestTown.Lamps() with { AppId = "lamp-app" }));

        (await gateway.GetTextAsync("/api/162043/lamps/v1.0/state/secrets")).ShouldBe("from the app");

        sidecar.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v1.0/invoke/lamp-app/method/v1.0/state/secrets");
    }

    [Fact]
    public async Task Registry_WhenAsked_IsNoTown()
    {
        await using var registry = await Backend.StartAsync(context => context.Response.WriteAsync(context.Request.Path));
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { ["registry"] = registry });

        (await gateway.GetTextAsync("/api/registry/changes")).ShouldBe("/api/registry/changes");
        (await gateway.GetTextAsync("/openapi/registry.json")).ShouldBe("/openapi/registry.json");
    }
}
