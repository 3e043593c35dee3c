using MQTTnet;
using SmartCity.ServiceTestKit;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>Time runs out, things go away and come back, devices say the wrong thing.</summary>
public sealed class CommandFaultTests : IAsyncLifetime
{
    private const string Sound = """{"name":"sound","arguments":{"durationSeconds":5}}""";
    private const string Result = $"sc/v1/{TelemetryApp.Town}/siren-1/command-result";
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await SluiceTown.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Command_WhenNoResultComesInTime_ExpiresAndALateResultDoesNotReviveIt()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Sent");

        _app.Clock.Advance(TimeSpan.FromSeconds(61));
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Expired");

        await siren.AnswerAsync(id, message: "I slept");
        var command = await _app.CommandWhenAsync(SluiceTown.Siren, id, command => command["history"]!.AsArray().Count == 4);
        command.StepsOf().ShouldBe(["Proposed", "Sent", "Expired", "LateResult"]);
        ((string?)command["status"], (string?)command["history"]![3]!["note"]).ShouldBe(("Expired", "done: I slept"));

        // Again it adds nothing.
        await siren.AnswerAsync(id, "failed");
        var next = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.AnswerAsync(next);
        await _app.CommandWhenAsync(SluiceTown.Siren, next, "Acknowledged");
        (await _app.CommandOfAsync(SluiceTown.Siren, id))["history"]!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Command_WhenNoDeviceEverComes_ExpiresAndSaysSo()
    {
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, command => command.StepsOf().Contains("NotTaken"));

        _app.Clock.Advance(TimeSpan.FromSeconds(61));

        (await _app.CommandWhenAsync(SluiceTown.Siren, id, "Expired")).StepsOf().ShouldBe(["Proposed", "NotTaken", "Expired"]);
    }

    [Fact]
    public async Task Command_WhenTheDeviceComesWhileItIsGood_GetsIt()
    {
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, command => command.StepsOf().Contains("NotTaken"));

        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);

        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(id);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Sent");
    }

    [Fact]
    public async Task Command_WhenTheBrokerIsAwayAndComesBack_IsSentThen()
    {
        await (await TestDevice.ConnectAsync(_app, SluiceTown.Siren)).DisposeAsync();
        await _app.StopPlatformAsync();

        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        ((string?)(await _app.CommandOfAsync(SluiceTown.Siren, id))["status"]).ShouldBe("Queued");

        await _app.StartPlatformAsync();
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(id);
        await siren.AnswerAsync(id);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
    }

    [Fact]
    public async Task Command_WhenTheServiceEndsBetweenCommitAndPublish_IsSentByTheNext()
    {
        await (await TestDevice.ConnectAsync(_app, SluiceTown.Siren)).DisposeAsync();
        await _app.StopPlatformAsync();
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await _app.StopServiceAsync();

        await _app.StartPlatformAsync();
        await _app.StartServiceAsync();

        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(id);
        await siren.AnswerAsync(id);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
    }

    [Fact]
    public async Task Command_WhenTheServiceEndsBeforeItNotedTheSending_ComesTwiceWithOneId()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Sent");
        await _app.StopServiceAsync();
        await using (var connection = await _app.Database.OpenAsync())
        {
            await connection.ExecuteAsync("UPDATE device_command SET status = 'Queued', send_at = 1, sent_at = NULL");
        }

        await _app.StartServiceAsync();

        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(id);
        await siren.AnswerAsync(id);
        await siren.AnswerAsync(id);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
    }

    [Fact]
    public async Task Result_WhenTheServiceIsStopped_IsTakenByTheNext()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Sent");
        await _app.StopServiceAsync();

        await siren.AnswerAsync(id);
        await _app.StartServiceAsync();

        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
    }

    [Fact]
    public async Task Result_WhenItIsOfAnotherDevicesCommand_IsRefusedAndCounted()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        await using var other = await TestDevice.ConnectAsync(_app, "siren-2");
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");

        await other.AnswerAsync(id);
        (await _app.DeviceWhenAsync(device => device.RefusedCount == 1, "siren-2")).LastError!.Code.ShouldBe("command-result-of-nothing");
        (await _app.CommandOfAsync(SluiceTown.Siren, id)).StepsOf().ShouldNotContain("Acknowledged");

        // Nor may it say so on the siren's own topic, or hear what the siren is told.
        (await other.PublishAsync(Result, $$"""{"id":"{{id}}","outcome":"done"}""")).ReasonCode.ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        (await other.SubscribeAsync($"sc/v1/{TelemetryApp.Town}/siren-1/command")).ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
        (await other.SubscribeAsync($"sc/v1/{TelemetryApp.Town}/+/twin-desired")).ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
    }

    [Fact]
    public async Task Result_WhenTheDeviceOfTheSameNameIsAnotherTowns_IsRefused()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        await using var other = await TestDevice.ConnectAsync(_app, SluiceTown.Siren, TelemetryApp.OtherTown);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");

        await other.AnswerAsync(id);
        (await _app.DeviceWhenAsync(device => device.RefusedCount == 1, SluiceTown.Siren, TelemetryApp.OtherTown)).LastError!.Code.ShouldBe("command-result-of-nothing");
        await siren.AnswerAsync(id);
        (await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged"))["history"]!.AsArray().Count.ShouldBe(3);
        other.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Result_WhenItIsMalformed_IsCountedAndShownAndTheNextIsTaken()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");

        (string Payload, string Code)[] malformed =
        [
            ("not json", "command-result-malformed"),
            ("[1]", "command-result-malformed"),
            ("""{"outcome":"done"}""", "command-result-malformed"),
            ("""{"id":7,"outcome":"done"}""", "command-result-malformed"),
            ("""{"id":"x","outcome":"maybe"}""", "command-result-malformed"),
            ("""{"id":"x","id":"y","outcome":"done"}""", "command-result-malformed"),
            ("""{"id":"\ud800","outcome":"done"}""", "text-not-readable"),
            ("""{"id":"x","outcome":"done"}""", "command-result-of-nothing"),
        ];
        for (var index = 0; index < malformed.Length; index++)
        {
            await siren.PublishAsync(Result, malformed[index].Payload);
            (await _app.DeviceWhenAsync(device => device.RefusedCount == index + 1, SluiceTown.Siren)).LastError!.Code.ShouldBe(malformed[index].Code, malformed[index].Payload);
        }

        await siren.AnswerAsync(id);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
    }

    [Fact]
    public async Task Result_WhenItsMessageHoldsAnIndividualNumber_CountsWithoutIt()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");

        await siren.AnswerAsync(id, message: "for 1234 5678 9018");

        (await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged"))["message"].ShouldBeNull();
        (await _app.DeviceWhenAsync(device => device.RefusedCount == 1, SluiceTown.Siren)).LastError!.Code.ShouldBe("my-number-refused");
    }
}
