using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>Commands that a service of the platform asks for, as its sidecar brings them.</summary>
public sealed class ServiceCommandTests : IAsyncLifetime
{
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await SluiceTown.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Send_WhenAskedTwiceWithOneKey_ReachesTheDeviceOnceWithWhoAgreed()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await AcceptedAsync(SluiceTown.Siren, Sound("1"));
        (await AcceptedAsync(SluiceTown.Siren, Sound("1"))).ShouldBe(id);
        var payload = await siren.NextJsonAsync("command");
        ((string?)payload["id"], (string?)payload["name"]).ShouldBe((id, "sound"));
        await siren.AnswerAsync(id);
        var command = await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
        command.StepsOf().ShouldBe(["Proposed", "Approved", "Sent", "Acknowledged"], ignoreOrder: true);
        ((string?)command["createdBy"], (string?)command["decidedBy"]).ShouldBe(("service/alerts", "officer-2"));
        ((string?)command["history"]![0]!["actor"], (string?)command["history"]![1]!["note"]).ShouldBe(("Platform", "Actual alert 1"));
        ((string?)(await StateAsync(SluiceTown.Siren, id))["status"]).ShouldBe("Acknowledged");
    }

    [Fact]
    public async Task Send_WhenTheCommandNeedsASecondPerson_WaitsForOneUnlessOneAgreed()
    {
        var alone = await AcceptedAsync(SluiceTown.Sluice, Open("1", approvedBy: null));
        ((string?)(await StateAsync(SluiceTown.Sluice, alone))["status"]).ShouldBe("PendingApproval");
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{alone}/approve", Desk.Officer)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var agreed = await AcceptedAsync(SluiceTown.Sluice, Open("2", approvedBy: "officer-2"));
        var command = await _app.CommandOfAsync(SluiceTown.Sluice, agreed);
        ((bool)command["secondPerson"]!, (string?)command["decidedBy"], (string?)command["status"]).ShouldBe((true, "officer-2", "Queued"));
    }

    [Fact]
    public async Task Send_WhenTheManifestOrTheTownHasNoSuchThing_IsRefused()
    {
        using var town = await PostAsync(SluiceTown.Siren, Sound("1"), "999999");
        await town.ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-municipality");
        using var device = await PostAsync("siren-9", Sound("1"));
        await device.ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-device");
        using var name = await PostAsync(SluiceTown.Siren, Open("1", null));
        await name.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "command-unknown");
        using var key = await PostAsync(SluiceTown.Siren, Sound(""));
        await key.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-malformed");
        // Another town's siren has the same name, and its commands are its own.
        var id = await AcceptedAsync(SluiceTown.Siren, Sound("1"));
        using var elsewhere = await _app.Http.GetAsync(new Uri($"/internal/commands/{TelemetryApp.OtherTown}/siren-1/{id}", UriKind.Relative));
        await elsewhere.ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-command");
    }

    [Fact]
    public async Task Approve_WhenTheAlertIsShort_EndsWithTheAlert()
    {
        var validUntil = DateTimeOffset.UtcNow.AddSeconds(60);
        var id = await AcceptedAsync(SluiceTown.Sluice, Open("1", null, validUntil));
        var waiting = await _app.CommandOfAsync(SluiceTown.Sluice, id);
        ((DateTimeOffset)waiting["approveUntil"]!).ShouldBeLessThanOrEqualTo(validUntil);
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.Officer)).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((DateTimeOffset)(await _app.CommandOfAsync(SluiceTown.Sluice, id))["expiresAt"]!).ShouldBeLessThanOrEqualTo(validUntil);
        // The same request, by then with another end, is the same command; a new one that comes after the end is none.
        (await AcceptedAsync(SluiceTown.Sluice, Open("1", null, validUntil.AddSeconds(9)))).ShouldBe(id);
        using var late = await PostAsync(SluiceTown.Sluice, Open("2", null, DateTimeOffset.UtcNow.AddSeconds(-1)));
        await late.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "command-too-late");
    }

    [Fact]
    public async Task Send_WhenAnOlderOneWaits_WithdrawsIt()
    {
        var begin = await AcceptedAsync(SluiceTown.Sluice, Open("1", approvedBy: null));
        var byHand = await _app.CommandAsync(SluiceTown.Sluice, Desk.SecondOfficer, """{ "name": "set-opening", "arguments": { "openingPercent": 5 } }""");
        await AcceptedAsync(SluiceTown.Sluice, new { name = "stop", expiresInSeconds = 3600, service = "alerts", key = "2", reason = "Actual alert 2" });
        using var approval = await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{begin}/approve", Desk.Officer);
        await approval.ShouldBeProblemAsync(HttpStatusCode.Conflict, "command-already-decided");
        ((string?)(await StateAsync(SluiceTown.Sluice, begin))["status"]).ShouldBe("Rejected");
        // People's own commands are theirs.
        ((string?)(await _app.CommandOfAsync(SluiceTown.Sluice, byHand))["status"]).ShouldBe("PendingApproval");
    }

    [Fact]
    public async Task Send_WhenAnotherServiceAsks_IsRefused()
    {
        using var other = await PostAsync(SluiceTown.Siren, new { name = "sound", arguments = new { durationSeconds = 5 }, expiresInSeconds = 60, service = "transit", key = "1", reason = "?" });
        await other.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "service-not-allowed");
    }

    [Fact]
    public async Task Send_WhenTheReasonHasDigits_KnowsAlertsFromIndividualNumbers()
    {
        // Twelve of an alert's digits may pass the check of an Individual Number.
        var alert = Enumerable.Range(0, 400).Select(number => $"162043-20260701T030000-{number:000000}ab")
            .First(ServiceDefaults.PersonalData.MyNumber.IsIn);
        await AcceptedAsync(SluiceTown.Siren, new { name = "sound", arguments = new { durationSeconds = 5 }, expiresInSeconds = 60, service = "alerts", key = "1", reason = $"Actual alert {alert}" });
        using var person = await PostAsync(SluiceTown.Siren, new { name = "sound", arguments = new { durationSeconds = 5 }, expiresInSeconds = 60, service = "alerts", key = "2", reason = "For 123456789018" });
        await person.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, ServiceDefaults.PersonalData.MyNumberRefusal.Code);
    }

    [Fact]
    public async Task Send_WhenTheKeyWasUsedForSomethingElse_NamesTheCommandThatItIsOf()
    {
        var id = await AcceptedAsync(SluiceTown.Sluice, Open("1", approvedBy: null));
        using var other = await PostAsync(SluiceTown.Sluice, new { name = "stop", expiresInSeconds = 60, service = "alerts", key = "1", reason = "Actual alert 1" });
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)(await other.ReadAsync())["commandId"]).ShouldBe(id);
    }

    private static object Sound(string key) => new
    {
        name = "sound",
        arguments = new { durationSeconds = 5, pattern = "alarm" },
        expiresInSeconds = 3600,
        service = "alerts",
        key,
        reason = "Actual alert 1",
        approvedBy = "officer-2",
    };

    private static object Open(string key, string? approvedBy, DateTimeOffset? validUntil = null) => new
    {
        name = "set-opening",
        arguments = new { openingPercent = 40 },
        expiresInSeconds = 3600,
        service = "alerts",
        key,
        reason = "Actual alert 1",
        approvedBy,
        validUntil,
    };

    private Task<HttpResponseMessage> PostAsync(string device, object command, string town = TelemetryApp.Town)
        => _app.Http.PostAsJsonAsync(new Uri($"/internal/commands/{town}/{device}", UriKind.Relative), command);

    private async Task<string> AcceptedAsync(string device, object command)
    {
        using var response = await PostAsync(device, command);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (string)(await response.ReadAsync())["id"]!;
    }

    private async Task<JsonObject> StateAsync(string device, string id)
    {
        using var response = await _app.Http.GetAsync(new Uri($"/internal/commands/{TelemetryApp.Town}/{device}/{id}", UriKind.Relative));
        return await response.ReadAsync();
    }
}
