using System.Net;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Tests.Identity;

public sealed class DoorTests
{
    private static readonly string[] Open = ["/api/162043/alerts/active", "/api/162043/telemetry/devices", "/api/162043/alerts/stream"];
    private static readonly string[] Closed = ["/api/162043/alerts/drafts", "/api/162043/alerts/a-1/deliveries", "/api/162043/telemetry/devices/d/commands"];

    [Theory]
    [InlineData("expired")]
    [InlineData("wrong issuer")]
    [InlineData("wrong audience")]
    [InlineData("garbage")]
    public async Task Token_WhenItIsNotValid_IsRefusedEvenWhereNoneIsNeeded(string fault)
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts);
        await using var stranger = await Issuer.StartAsync();
        var token = fault switch
        {
            "expired" => gateway.Issuer.TokenFor("a", CityRoles.Officer, TestTown.Uozu, TimeSpan.FromMinutes(-10)),
            "wrong issuer" => stranger.TokenFor("a", CityRoles.Officer, TestTown.Uozu),
            "wrong audience" => gateway.Issuer.TokenOf(new(StringComparer.Ordinal) { ["sub"] = "a" }, audience: "another"),
            _ => "garbage",
        };

        foreach (var path in Open.Concat(Closed))
        {
            using var answer = await gateway.GetAsync(path, token);
            (await GatewayApp.ProblemAsync(answer, HttpStatusCode.Unauthorized)).ShouldBe("invalid-token", path);
            answer.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        }

        alerts.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/dapr/subscribe")]
    [InlineData("/internal/towns")]
    [InlineData("/events/sensor-threshold")]
    [InlineData("/Internal/towns")]
    [InlineData("/EVENTS/sensor-threshold")]
    [InlineData("/Dapr/subscribe")]
    public async Task Inside_WhenAskedFromOutside_IsNotThere(string path)
    {
        await using var portal = await Backend.SayingAsync("portal");
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Portal] = portal });
        using var answer = await gateway.GetAsync(path, gateway.Issuer.TokenFor("a", CityRoles.Operator, ""));
        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.NotFound)).ShouldBe("not-found");
        portal.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Town_WhenTheTokenIsOfAnother_IsReadableOnlyWhereItIsOpen()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts);
        var other = gateway.Issuer.TokenFor("a", CityRoles.Officer, TestTown.Nyuzen);
        var own = gateway.Issuer.TokenFor("a", CityRoles.Officer, TestTown.Uozu);
        var operatorToken = gateway.Issuer.TokenFor("a", CityRoles.Operator, "");

        foreach (var path in Closed)
        {
            using var nobody = await gateway.GetAsync(path);
            (await GatewayApp.ProblemAsync(nobody, HttpStatusCode.Unauthorized)).ShouldBe("not-signed-in", path);
            using var stranger = await gateway.GetAsync(path, other);
            (await GatewayApp.ProblemAsync(stranger, HttpStatusCode.Forbidden)).ShouldBe("other-municipality", path);
            (await gateway.GetTextAsync(path, own)).ShouldBe("alerts");
            (await gateway.GetTextAsync(path, operatorToken)).ShouldBe("alerts");
        }

        foreach (var path in Open)
        {
            (await gateway.GetTextAsync(path, other)).ShouldBe("alerts");
            using var written = await gateway.SendAsync(HttpMethod.Post, path, other);
            written.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Theory]
    [InlineData("/poles", null, HttpStatusCode.Unauthorized)]
    [InlineData("/poles", "resident 163422", HttpStatusCode.Forbidden)]
    [InlineData("/poles", "resident 162043", HttpStatusCode.OK)]
    [InlineData("/switch", "resident 162043", HttpStatusCode.Forbidden)]
    [InlineData("/switch", "clerk 162043", HttpStatusCode.OK)]
    public async Task ThirdParty_WhenARoleIsRequired_OnlyThatRoleOfTheTownPasses(string path, string? who, HttpStatusCode expected)
    {
        await using var lamps = await Backend.SayingAsync("on");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with
        {
            RequiredRole = CityRoles.Resident,
            Routes = [new ThirdPartyRoute { Path = "/poles" }, new ThirdPartyRoute { Path = "/switch", RequiredRole = CityRoles.Clerk }],
        }));

        using var answer = await gateway.GetAsync("/api/162043/lamps" + path, who is null ? null : gateway.Issuer.TokenFor("a", who.Split(' ')[0], who.Split(' ')[1]));

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task ThirdParty_WhenAResidentCalls_LearnsAPseudonymAndNoMore()
    {
        await using var lamps = await Backend.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = "portal=stolen";
            return context.Response.WriteAsync("<script>alert(1)</script>");
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address), TestTown.Lamps(lamps.Address) with { Name = "buses" }));
        gateway.Serve(TestTown.In(TestTown.Nyuzen, TestTown.Lamps(lamps.Address)));
        var token = gateway.Issuer.TokenFor("taro@example.jp", CityRoles.Resident, TestTown.Uozu);
        (string, string)[] spoofed =
        [
            ("Cookie", "portal=secret"), ("x-smartcity-subject", "somebody-else"), ("x-smartcity-role", "operator"), ("dapr-app-id", "registry"),
            ("X-Forwarded-For", "8.8.8.8"), ("Forwarded", "for=8.8.8.8"), ("Referer", "https://city.example/162043/my/illness"),
            ("On-Behalf-Of", "hanako@example.jp"), ("Proxy-Authorization", "Basic c2VjcmV0"),
        ];

        using var answer = await gateway.GetAsync("/api/162043/lamps/x", token, spoofed);
        await gateway.GetTextAsync("/api/162043/lamps/x", token);
        await gateway.GetTextAsync("/api/162043/buses/x", token);
        await gateway.GetTextAsync("/api/163422/lamps/x", token);

        var headers = lamps.Requests[0].Headers;
        foreach (var name in new[] { "Authorization", "Cookie", "dapr-app-id", "X-Forwarded-For", "Forwarded", "Referer", "On-Behalf-Of", "Proxy-Authorization" })
        {
            headers.Keys.ShouldNotContain(name, StringComparer.OrdinalIgnoreCase);
        }

        headers["x-smartcity-municipality"].ShouldBe(TestTown.Uozu);
        headers["x-smartcity-role"].ShouldBe(CityRoles.Resident);
        var subjects = lamps.Requests.Select(request => request.Headers["x-smartcity-subject"]).ToArray();
        subjects[0].ShouldBe(subjects[1]);
        subjects.Distinct().Count().ShouldBe(3);
        subjects.ShouldAllBe(subject => subject.Length == 43 && !subject.Contains("taro", StringComparison.Ordinal));
        lamps.Requests[3].Headers.ContainsKey("x-smartcity-role").ShouldBeFalse();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
    }

    [Fact]
    public async Task Token_WhenUsedAgain_IsNotCheckedWithTheIssuerAgain()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts);
        var token = gateway.Issuer.TokenFor("a", CityRoles.Resident, TestTown.Uozu);
        await gateway.GetTextAsync(Open[0], token);
        var asked = gateway.Issuer.Requests.Count;
        await gateway.Issuer.DisposeAsync();

        await gateway.GetTextAsync(Open[0], token);

        asked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Issuer_WhenItIsAway_IsA503AndNoRefusal()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts);
        var token = gateway.Issuer.TokenFor("a", CityRoles.Resident, TestTown.Uozu);
        await gateway.Issuer.DisposeAsync();

        using var answer = await gateway.GetAsync(Open[0], token);

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.ServiceUnavailable)).ShouldBe("identity-unavailable");
        (await gateway.GetTextAsync(Open[0])).ShouldBe("alerts");
    }

    [Fact]
    public async Task Claims_WhenTheIssuerNamesThemOtherwise_AreMapped()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using var gateway = await StartAsync(alerts,
            "--Identity:Claims:Subject=preferred_username", "--Identity:Claims:Municipality=city.codes", "--Identity:Claims:Role=realm_access.roles",
            "--Identity:RoleMap:bousai=operator", "--Identity:MunicipalityMap:uozu=162043");
        Dictionary<string, object> Claims(string city, string role) => new(StringComparer.Ordinal)
        {
            ["preferred_username"] = "a",
            ["city"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["codes"] = new[] { city } },
            ["realm_access"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["roles"] = new[] { role } },
        };

        await gateway.GetTextAsync(Closed[0], gateway.Issuer.TokenOf(Claims("uozu", "anything")));
        await gateway.GetTextAsync("/gateway/routes", gateway.Issuer.TokenOf(Claims("", "bousai")));
        using var unmapped = await gateway.GetAsync("/gateway/routes", gateway.Issuer.TokenOf(Claims("", "operator")));
        unmapped.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<GatewayApp> StartAsync(Backend service, params string[] arguments)
    {
        var gateway = await GatewayApp.StartAsync(
            new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = service, [AppIds.Telemetry] = service },
            arguments: ["--Gateway:CacheSeconds", "0", .. arguments]);
        gateway.Serve(TestTown.Of());
        return gateway;
    }
}
