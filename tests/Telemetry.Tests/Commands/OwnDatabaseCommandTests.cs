namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>A town with a database of its own, beside one that shares.</summary>
public sealed class OwnDatabaseCommandTests : IAsyncLifetime
{
    private const string Sound = """{"name":"sound","arguments":{"durationSeconds":5}}""";
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await SluiceTown.StartAsync("Database");

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Command_WhenTheTownHasADatabaseOfItsOwn_IsKeptThereAndSentAndAnswered()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        await using var other = await TestDevice.ConnectAsync(_app, SluiceTown.Siren, TelemetryApp.OtherTown);

        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        var otherId = await _app.CommandAsync(SluiceTown.Siren, Desk.Stranger, """{"name":"sound"}""", town: TelemetryApp.OtherTown);
        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(id);
        ((string?)(await other.NextJsonAsync("command"))["id"]).ShouldBe(otherId);
        await siren.AnswerAsync(id);
        await other.AnswerAsync(otherId);
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
        await _app.CommandWhenAsync(SluiceTown.Siren, otherId, "Acknowledged", Desk.Stranger, TelemetryApp.OtherTown);

        (await _app.Database.ColumnAsync("SELECT command_id FROM device_command", TelemetryApp.Town)).ShouldBe([id]);
        (await _app.Database.ColumnAsync("SELECT command_id FROM device_command")).ShouldBe([otherId]);
    }

    [Fact]
    public async Task Command_WhenTheTownsDatabaseIsBusy_HoldsUpNoOtherTown()
    {
        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        await using var other = await TestDevice.ConnectAsync(_app, SluiceTown.Siren, TelemetryApp.OtherTown);
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await siren.NextJsonAsync("command");
        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Sent");

        await using (await _app.Database.LockAsync("device_command", TelemetryApp.Town))
        {
            await siren.AnswerAsync(id);
            var otherId = await _app.CommandAsync(SluiceTown.Siren, Desk.Stranger, """{"name":"sound"}""", town: TelemetryApp.OtherTown);
            ((string?)(await other.NextJsonAsync("command"))["id"]).ShouldBe(otherId);
            await other.AnswerAsync(otherId);
            await _app.CommandWhenAsync(SluiceTown.Siren, otherId, "Acknowledged", Desk.Stranger, TelemetryApp.OtherTown);
        }

        await _app.CommandWhenAsync(SluiceTown.Siren, id, "Acknowledged");
    }

    [Fact]
    public async Task Command_WhenTheServiceStartsAnew_IsFoundInTheTownsOwnDatabase()
    {
        await (await TestDevice.ConnectAsync(_app, SluiceTown.Siren)).DisposeAsync();
        await _app.StopPlatformAsync();
        var id = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, Sound);
        await _app.StopServiceAsync();
        await _app.StartPlatformAsync();
        await _app.StartServiceAsync();

        await using var siren = await TestDevice.ConnectAsync(_app, SluiceTown.Siren);
        ((string?)(await siren.NextJsonAsync("command"))["id"]).ShouldBe(id);
    }
}
