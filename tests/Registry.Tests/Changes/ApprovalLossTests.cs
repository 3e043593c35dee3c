using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Changes;

/// <summary>A request may wait for a week, and sensors do not: what would be lost is counted again when the second person agrees.</summary>
public sealed class ApprovalLossTests
{
    private static readonly string WithoutDevice = Samples.Nanao.Replace(
        "devices:\n  - { id: river-1, kind: river, name: { ja: 御祓川, en: Misogi River }, latitudeDegrees: 37.05, longitudeDegrees: 136.97 }", "devices: []", StringComparison.Ordinal);

    private static readonly string WithoutTelemetry = WithoutDevice.Replace("services: [telemetry, alerts]", "services: [alerts]", StringComparison.Ordinal)
        .Replace("rules:\n  - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3 }", "rules: []", StringComparison.Ordinal)
        .Replace("policies:\n  - { ruleId: river-warning, level: 3, hazard: flood, action: Publish }", "policies: []", StringComparison.Ordinal);

    [Fact]
    public async Task Approve_WhenDataCameSinceItWasFiled_IsRefusedAndNamesIt()
    {
        await using var app = await StartAsync();
        var change = await FileAsync(app, WithoutDevice);
        Hold(app, ("river-1", 1, "readings"));

        var answer = await app.ApproveAsync(change);

        await ShouldNameAsync(answer, "1 readings of devices/river-1");
        (await StatusAsync(app, change)).ShouldBe("Pending");
        (await (await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/manifest")).Content.ReadAsStringAsync()).ShouldContain("river-1");
    }

    [Fact]
    public async Task Approve_WhenTheRemovalOfAMunicipalityHoldsDataByNow_IsRefused()
    {
        await using var app = await StartAsync();
        var filed = await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Delete, $"municipalities/{RegistryApp.Town}"));
        Hold(app, ("river-1", 1234, "readings"));

        var answer = await app.ApproveAsync((long)filed["id"]!, "operator-1", "operator");

        await ShouldNameAsync(answer, "1,234 readings of municipality/172022");
    }

    [Fact]
    public async Task Approve_WhenTheServiceCannotBeAskedNow_IsRefusedAsNotKnown()
    {
        await using var app = await StartAsync();
        var change = await FileAsync(app, WithoutDevice);
        app.Sidecar.Answer(_ => null);

        var answer = await app.ApproveAsync(change);

        await ShouldNameAsync(answer, "an unknown number of data of telemetry of devices/river-1");
    }

    [Fact]
    public async Task Approve_WhenMoreOfWhatWasNamedIsLost_IsAgreedTo()
    {
        await using var app = await StartAsync();
        Hold(app, ("river-1", 1, "readings"));
        var change = await FileAsync(app, WithoutDevice, allowDestroy: true);
        Hold(app, ("river-1", 500, "readings"));

        (await app.ApproveAsync(change)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Approve_WhenSomethingElseWouldBeLostThanWasNamed_IsRefusedThoughDestroyingWasAllowed()
    {
        await using var app = await StartAsync();
        Hold(app, ("river-1", 1, "readings"));
        var change = await FileAsync(app, WithoutDevice, allowDestroy: true);
        Hold(app, ("river-1", 1, "readings"), ("river-1", 7, "commands"));

        var answer = await app.ApproveAsync(change);

        var detail = await ShouldNameAsync(answer, "7 commands of devices/river-1");
        detail.ShouldNotContain("readings");
    }

    [Fact]
    public async Task Approve_WhenThePlanSaidThatItIsNotKnown_CoversWhatIsKnownByNow()
    {
        await using var app = await StartAsync();
        app.Sidecar.Answer(_ => null);
        var change = await FileAsync(app, WithoutTelemetry, allowDestroy: true);
        Hold(app, ("river-1", 3, "readings"));

        (await app.ApproveAsync(change)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Approve_WhenThePersonMayNotDecide_LearnsNothingOfWhatIsHeld()
    {
        await using var app = await StartAsync();
        var change = await FileAsync(app, WithoutDevice);
        Hold(app, ("river-1", 1, "readings"));

        var answer = await app.ApproveAsync(change, "clerk-2", "clerk");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("readings");
    }

    private static async Task<RegistryApp> StartAsync()
    {
        var app = await RegistryApp.StartAsync();
        Hold(app);
        await app.OnboardAsync(Samples.Nanao);
        return app;
    }

    private static void Hold(RegistryApp app, params (string Device, long Count, string What)[] held)
        => app.Sidecar.Answer(request => Results.Json(request.Headers["dapr-app-id"] == "telemetry"
            ? held.Select(one => new { device = one.Device, count = one.Count, what = one.What }) : []));

    private static async Task<long> FileAsync(RegistryApp app, string manifest, bool allowDestroy = false)
    {
        var answer = await app.ProposeAsync(manifest, allowDestroy: allowDestroy);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (long)(await RegistryApp.ReadAsync(answer))["id"]!;
    }

    private static async Task<string> StatusAsync(RegistryApp app, long change)
        => (string)(await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Get, $"changes/{change}")))["status"]!;

    private static async Task<string> ShouldNameAsync(HttpResponseMessage answer, string loss)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict, await answer.Content.ReadAsStringAsync());
        JsonObject problem = await RegistryApp.ReadAsync(answer);
        ((string?)problem["type"]).ShouldBe("urn:smartcity:problem:would-destroy-data");
        var detail = (string)problem["detail"]!;
        detail.ShouldContain(loss);
        return detail;
    }
}
