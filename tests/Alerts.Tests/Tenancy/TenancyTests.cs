using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Tenancy;

public sealed class TenancyTests
{
    private static readonly (string Method, string Path, string Role)[] StaffRoutes =
    [
        ("GET", "drafts", "officer"),
        ("GET", "drafts/x", "officer"),
        ("POST", "drafts", "officer"),
        ("POST", "drafts/x/approve", "officer"),
        ("POST", "drafts/x/reject", "officer"),
        ("GET", "alarms", "officer"),
        ("GET", "drafts/x/reach", "officer"),
        ("POST", "drafts/preview", "officer"),
        ("GET", "x/history", "officer"),
        ("GET", "drills", "officer"),
        ("POST", "drills", "officer"),
        ("GET", "drills/x", "officer"),
        ("POST", "drills/x/approve", "officer"),
        ("POST", "drills/x/stop", "officer"),
        ("POST", "drills/x/reject", "officer"),
        ("GET", "reports/x", "officer"),
        ("GET", "reports/x.html", "officer"),
        ("GET", "reports/x.csv", "officer"),
        ("GET", "alarms/x", "officer"),
        ("POST", "alarms/x/acknowledge", "officer"),
        ("POST", "x/cancel", "officer"),
        ("POST", "x/update", "officer"),
        ("POST", "cap", "officer"),
        ("GET", "cap/intake", "officer"),
        ("GET", "cap/feeds", "officer"),
        ("POST", "jma", "officer"),
        ("GET", "jma", "officer"),
        ("GET", "jma/intake", "officer"),
        ("POST", "jma/x/publish", "officer"),
        ("POST", "jma/x/ignore", "officer"),
        ("PUT", "shelters/x/status", "clerk"),
        ("GET", "shelters/x/reports", "clerk"),
        ("GET", "shelters/reporters", "clerk"),
        ("POST", "safety-check/calls", "clerk"),
        ("GET", "safety-check/counts", "clerk"),
        ("POST", "safety-check/checks", "officer"),
        ("POST", "safety-check/checks/x/close", "officer"),
        ("GET", "safety-check/rescue-list", "officer"),
        ("GET", "safety-check/rescue-list/export.csv", "officer"),
        ("GET", "safety-check/rescue-list/x/steps", "officer"),
        ("PUT", "safety-check/rescue-list/x", "officer"),
        ("DELETE", "safety-check/rescue-list/x", "officer"),
        ("GET", "x/deliveries", "officer"),
        ("GET", "x/deliveries/export.csv", "officer"),
        ("GET", "x/reach", "officer"),
        ("GET", "self-tests", "officer"),
        ("POST", "self-tests", "officer"),
        ("GET", "self-tests/recipients", "officer"),
        ("PUT", "self-tests/recipients", "officer"),
    ];

    /// <summary>What people change without an account: their own, by a code that only they have. A hub proves itself by its signature.</summary>
    private static readonly string[] OpenWrites =
        ["jma/push/{feed}", "safety-check/", "safety-check/mine", "safety-check/erase", "safety-check/find"];

    [Fact]
    public async Task Send_WhenNotStaffOfThisTown_IsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        foreach (var (method, path, role) in StaffRoutes)
        {
            await ExpectAsync(app, method, path, token: null, HttpStatusCode.Unauthorized);
            await ExpectAsync(app, method, path, TestTokens.For("stranger", role, TestTown.Nyuzen), HttpStatusCode.Forbidden);
            await ExpectAsync(app, method, path, TestTokens.For("resident", "resident", TestTown.Uozu), HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task StaffRoutes_WhenARouteIsAdded_AreAllInTheList()
    {
        await using var app = await AlertsApp.StartAsync();
        var guarded = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            .Count();
        guarded.ShouldBe(StaffRoutes.Length);
    }

    [Fact]
    public async Task Send_WhenSomethingChangesData_NeedsAToken()
    {
        await using var app = await AlertsApp.StartAsync();
        var open = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && !OpenWrites.Contains(endpoint.RoutePattern.RawText!["/api/{municipality}/alerts/".Length..], StringComparer.Ordinal)
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Any(method => method != "GET")
                // A subscription is its owner's by a secret, or by a token in a mail: no account is needed.
                && !endpoint.RoutePattern.RawText.StartsWith("/api/{municipality}/alerts/subscriptions", StringComparison.Ordinal));
        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_WhenTheAlertIsAnotherTowns_FindsNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var alert = await app.OneActiveAsync();
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldBeEmpty();
        foreach (var path in new[] { alert.Id, alert.Id + ".cap.xml" })
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(path, TestTown.Nyuzen));
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe("unknown-alert");
        }

        var stranger = TestTokens.For("officer-nyuzen", "officer", TestTown.Nyuzen);
        using var cancel = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{alert.Id}/cancel", TestTown.Nyuzen), stranger, new { reason = "x" });
        (await AlertsApp.ProblemAsync(cancel, HttpStatusCode.NotFound)).ShouldBe("unknown-alert");
        (await app.ActiveAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("999999", "unknown-municipality")]
    [InlineData(TestTown.Saga, "service-not-onboarded")]
    public async Task Get_WhenTheTownHasNoAlerts_SaysSo(string municipality, string problem)
    {
        await using var app = await AlertsApp.StartAsync();
        foreach (var path in new[] { "active", "stream", "shelters", "feed.atom" })
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(path, municipality));
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe(problem);
        }
    }

    private static async Task ExpectAsync(AlertsApp app, string method, string path, string? token, HttpStatusCode status)
    {
        using var response = await app.SendAsync(new HttpMethod(method), AlertsApp.Town(path), token, method == "GET" ? null : new { reason = "x", status = "open" });
        response.StatusCode.ShouldBe(status, $"{method} {path}");
    }
}
