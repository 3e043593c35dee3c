using System.Globalization;
using System.Net;
using System.Text;
using SmartCity.Telemetry.Tests.Decoding;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>A command on its way to a device, and the receipt back.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private const string Sound = """{"name":"sound","arguments":{"durationSeconds":5,"pattern":"alarm"}}""";
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await SluiceTown.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Send_WhenTheDeviceDoesIt_IsAcknowledgedWithWhoAndWhen()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);

        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);

        var (message, text) = await siren.NextAsync();
        message.Topic.ShouldBe($"sc/v1/{TelemetryApp.Town}/siren-1/command");
        message.MessageExpiryInterval.ShouldBeInRange(1u, 60u);
        message.ResponseTopic.ShouldBe($"sc/v1/{TelemetryApp.Town}/siren-1/command-result");
        Encoding.UTF8.GetString(message.CorrelationData!).ShouldBe(id);
        var payload = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        ((string?)payload["id"], (string?)payload["name"], (int)payload["arguments"]!["durationSeconds"]!).ShouldBe((id, "sound", 5));
        DateTimeOffset.Parse((string)payload["expiresAt"]!, CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.FromHours(9));

        await siren.AnswerAsync(id, message: "鳴りました");
        var command = await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
        command.StepsOf().ShouldBe(["Proposed", "Sent", "Acknowledged"], ignoreOrder: true);
        var proposed = command["history"]![0]!;
        ((string?)proposed["by"], (string?)proposed["actor"]).ShouldBe(("clerk-1", "Person"));
        ((string?)command["message"], (string?)command["createdBy"]).ShouldBe(("鳴りました", "clerk-1"));
        command["history"]!.AsArray().ShouldAllBe(step => ((string)step!["at"]!).EndsWith("+09:00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_WhenItIsTaken_AnswersInJapansTime()
    {
        using var response = await _app.SendCommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);

        var command = await response.ReadAsync();
        ((string)command["createdAt"]!).ShouldEndWith("+09:00");
        ((string)command["expiresAt"]!).ShouldEndWith("+09:00");
        response.Headers.Location!.ToString().ShouldBe($"/api/{TelemetryApp.Town}/telemetry/devices/siren-1/commands/{command["id"]}");
    }

    [Fact]
    public async Task Send_WhenTheDeviceFails_IsFailedWithWhatItSays()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");

        await siren.AnswerAsync(id, "failed", "no power");

        ((string?)(await _app.CommandWhenAsync(SluiceTown.Siren, id, "Failed"))["message"]).ShouldBe("no power");
    }

    [Fact]
    public async Task Send_WhenTheKeyIsRepeated_IsTheSameCommandOnce()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);

        var first = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound, "key-1");
        (await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, """{"arguments":{"pattern":"alarm","durationSeconds":5},"name":"sound"}""", "key-1")).ShouldBe(first);
        await (await _app.SendCommandAsync(SluiceTown.Siren, Desk.Clerk, """{"name":"sound","arguments":{"durationSeconds":6}}""", "key-1"))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        // A key is its sender's own.
        var other = await _app.CommandAsync(SluiceTown.Siren, Desk.Officer, Sound, "key-1");

        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(first);
        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(other);
        await siren.AnswerAsync(other);
        await _app.CommandWhenAsync(SluiceTown.Siren, other, "Acknowledged");
        siren.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Send_WhenTwoComeAtOnceWithOneKey_IsOneCommand()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound, "key-2")));

        sent.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await _app.Database.ColumnAsync("SELECT command_id FROM device_command")).ShouldBe([sent[0]]);
    }

    [Fact]
    public async Task Send_WhenThereIsNoSuchCommand_ListsThoseThereAre()
    {
        using var response = await _app.SendCommandAsync(SluiceTown.Sluice, Desk.Clerk, """{"name":"open"}""");

        var available = (await response.ReadAsync())["available"]!.AsArray();
        available.Select(command => (string?)command!["name"]).ShouldBe(["set-opening", "stop"]);
        ((string?)available[0]!["role"], (double)available[0]!["arguments"]!["openingPercent"]!["maximum"]!).ShouldBe(("officer", 100));
    }

    [Fact]
    public async Task Commands_WhenTheTokenIsOfAnotherTownOrNone_AreNobodys()
    {
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);

        (await _app.SendCommandAsync(SluiceTown.Siren, Desk.Stranger, Sound)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.AskAsync(HttpMethod.Get, "devices/siren-1/commands", Desk.Stranger)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.AskAsync(HttpMethod.Get, "devices/siren-1/commands", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // In their own town there is a device of the same name, and not this command.
        (await _app.AskAsync(HttpMethod.Get, $"devices/siren-1/commands/{id}", Desk.Stranger, town: TelemetryApp.OtherTown)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await _app.AskAsync(HttpMethod.Get, "devices/siren-1/commands", Desk.Stranger, town: TelemetryApp.OtherTown)).ReadAsync())["items"]!.AsArray().ShouldBeEmpty();
        (await (await _app.AskAsync(HttpMethod.Get, "commands", Desk.Stranger, town: TelemetryApp.OtherTown)).ReadAsync())["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task List_WhenThereAreSeveral_PagesFromTheNewest()
    {
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Insert(0, await _app.CommandAsync(index == 2 ? "siren-2" : SluiceTown.Siren, Desk.Clerk, Sound));
        }

        var first = await (await _app.AskAsync(HttpMethod.Get, "commands?limit=3", Desk.Clerk)).ReadAsync();
        var second = await (await _app.AskAsync(HttpMethod.Get, $"commands?limit=3&after={first["next"]}", Desk.Clerk)).ReadAsync();
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(command => (string)command!["id"]!).ShouldBe(ids);
        second["next"].ShouldBeNull();
        var ofDevice = await (await _app.AskAsync(HttpMethod.Get, "devices/siren-2/commands", Desk.Clerk)).ReadAsync();
        ofDevice["items"]!.AsArray().Select(command => (string)command!["id"]!).ShouldBe([ids[2]]);
        await (await _app.AskAsync(HttpMethod.Get, "commands?status=Lost", Desk.Clerk)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "status-unknown");
        (await (await _app.AskAsync(HttpMethod.Get, "commands?status=Rejected", Desk.Clerk)).ReadAsync())["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Holdings_WhenADeviceHasCommands_CountThem()
    {
        await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);

        (await _app.Http.GetStringAsync(new Uri($"/internal/holdings/{TelemetryApp.Town}", UriKind.Relative))).ShouldBe("""[{"device":"siren-1","count":2,"what":"commands"}]""");
        (await _app.Http.GetStringAsync(new Uri($"/internal/holdings/{TelemetryApp.OtherTown}", UriKind.Relative))).ShouldBe("[]");
    }

    [Fact]
    public async Task Send_WhenTheDeviceSpeaksOnlySparkplug_IsRefusedWithThatReason()
    {
        await using var node = await TestDevice.ConnectAsync(_app, "siren-2", listens: false);
        await node.PublishAsync($"spBv1.0/{TelemetryApp.Town}/NBIRTH/siren-2", SparkplugSteps.Birth(DateTimeOffset.UtcNow));
        await _app.DeviceWhenAsync(device => device.ConnectionStatus == "online", "siren-2");

        using var response = await _app.SendCommandAsync("siren-2", Desk.Clerk, Sound);

        await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "sparkplug-device");
    }

    [Fact]
    public async Task Send_WhenTooManyAreOpen_IsRefusedUntilTheyEnd()
    {
        for (var index = 0; index < 50; index++)
        {
            await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        }

        await (await _app.SendCommandAsync(SluiceTown.Siren, Desk.Clerk, Sound)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-commands");
        await _app.CommandAsync("siren-2", Desk.Clerk, Sound);
    }
}
