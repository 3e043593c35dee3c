using System.Net;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>A sluice opens when two officers want it.</summary>
public sealed class SecondPersonTests : IAsyncLifetime
{
    private const string Open = """{"name":"set-opening","arguments":{"openingPercent":40.5}}""";
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await SluiceTown.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Approve_WhenAnotherOfficerDoes_SendsItAndKeepsBothNames()
    {
        await using var sluice = await TestDevice.ConnectAsync(_app, SluiceTown.Sluice);
        var id = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, Open);
        var waiting = await (await _app.AskAsync(HttpMethod.Get, "commands?status=PendingApproval", Desk.SecondOfficer)).ReadAsync();
        ((string?)waiting["items"]!.AsArray().ShouldHaveSingleItem()!["id"]).ShouldBe(id);

        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.SecondOfficer)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var payload = await sluice.NextJsonAsync("command");
        ((string?)payload["id"], (double)payload["arguments"]!["openingPercent"]!).ShouldBe((id, 40.5));
        await sluice.AnswerAsync(id);
        var command = await _app.CommandWhenAsync(SluiceTown.Sluice, id, "Acknowledged");
        command.StepsOf().ShouldBe(["Proposed", "Approved", "Sent", "Acknowledged"], ignoreOrder: true);
        ((string?)command["createdBy"], (string?)command["decidedBy"]).ShouldBe(("officer-1", "officer-2"));
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.SecondOfficer)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Approve_WhenTheProposerOrAClerkDoes_IsRefusedAndNothingIsSent()
    {
        await using var sluice = await TestDevice.ConnectAsync(_app, SluiceTown.Sluice);
        var id = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, Open);

        await (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.Officer)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "second-person-needed");
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.Clerk)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.Stranger)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await (await _app.AskAsync(HttpMethod.Post, $"devices/siren-1/commands/{id}/approve", Desk.SecondOfficer)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-command");

        // What needs no second person goes out meanwhile, and only that.
        var stop = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, """{"name":"stop"}""");
        ((string?)(await sluice.NextJsonAsync("command"))["id"]).ShouldBe(stop);
        sluice.Waiting.ShouldBe(0);
        (await _app.CommandOfAsync(SluiceTown.Sluice, id)).StepsOf().ShouldBe(["Proposed"]);
    }

    [Fact]
    public async Task Reject_WhenAnOfficerDoes_EndsItWithTheReason()
    {
        await using var sluice = await TestDevice.ConnectAsync(_app, SluiceTown.Sluice);
        var id = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, Open);

        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/reject", Desk.SecondOfficer, """{"reason":"下流に人がいます"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var command = await _app.CommandOfAsync(SluiceTown.Sluice, id);
        ((string?)command["status"], (string?)command["message"], (string?)command["decidedBy"]).ShouldBe(("Rejected", "下流に人がいます", "officer-2"));
        await (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.SecondOfficer)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "command-already-decided");
        await sluice.AnswerAsync(id);
        (await _app.DeviceWhenAsync(device => device.RefusedCount == 1, SluiceTown.Sluice)).LastError!.Code.ShouldBe("command-result-of-nothing");
        sluice.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Approve_WhenTheTimeIsUp_IsRefusedAndTheCommandExpired()
    {
        var id = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, Open);

        _app.Clock.Advance(TimeSpan.FromSeconds(901));
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.SecondOfficer)).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var command = await _app.CommandWhenAsync(SluiceTown.Sluice, id, "Expired");
        command.StepsOf().ShouldBe(["Proposed", "Expired"]);
        command["sentAt"].ShouldBeNull();
    }

    [Fact]
    public async Task Approve_WhenItWaitedLong_GivesTheDeviceTheWholeTime()
    {
        await using var sluice = await TestDevice.ConnectAsync(_app, SluiceTown.Sluice);
        var id = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, Open);
        _app.Clock.Advance(TimeSpan.FromSeconds(600));

        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.SecondOfficer)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await sluice.NextAsync()).Message.MessageExpiryInterval.ShouldBeInRange(110u, 120u);
    }
}
