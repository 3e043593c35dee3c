using System.Net;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>What is not sent, and why.</summary>
public sealed class CommandRefusalTests(SluiceFixture sluice) : IClassFixture<SluiceFixture>
{
    private readonly TelemetryApp _app = sluice.App;

    [Theory]
    [InlineData(SluiceTown.Siren, """{"name":"explode"}""", 422, "command-unknown")]
    [InlineData(TelemetryApp.Device, """{"name":"sound"}""", 422, "command-unknown")]
    [InlineData("nobody", """{"name":"sound"}""", 404, "unknown-device")]
    [InlineData(SluiceTown.Siren, """{"name":"sound"}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Siren, """{"name":"sound","arguments":{"durationSeconds":61}}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Siren, """{"name":"sound","arguments":{"durationSeconds":1.5}}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Siren, """{"name":"sound","arguments":{"durationSeconds":"5"}}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Siren, """{"name":"sound","arguments":{"durationSeconds":5,"pattern":"song"}}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Siren, """{"name":"sound","arguments":{"durationSeconds":5,"volume":5}}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Siren, """{"name":"sound","arguments":{"durationSeconds":5},"expiresInSeconds":1}""", 422, "expiry-out-of-range")]
    [InlineData("sign-1", """{"name":"show","arguments":{"text":"\u0007"}}""", 422, "text-not-readable")]
    [InlineData("sign-1", """{"name":"show","arguments":{"text":"1234 5678 9018"}}""", 422, "my-number-refused")]
    [InlineData("sign-1", """{"name":"show","arguments":{"text":"0123456789012345678901234567890123456789-"}}""", 422, "arguments-refused")]
    [InlineData(SluiceTown.Sluice, """{"name":"stop"}""", 403, "officer-needed")]
    [InlineData(SluiceTown.Sluice, """{"name":"set-opening","arguments":{"openingPercent":5}}""", 403, "officer-needed")]
    public async Task Send_WhenItIsNotAllowed_SaysWhyAndStoresNothing(string device, string body, int status, string code)
    {
        using var response = await _app.SendCommandAsync(device, Desk.Clerk, body);

        await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
        (await _app.Database.ColumnAsync("SELECT command_id FROM device_command")).ShouldBeEmpty();
    }
}

/// <summary>One service for tests that leave nothing behind.</summary>
public sealed class SluiceFixture : IAsyncLifetime
{
    internal TelemetryApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await SluiceTown.StartAsync();

    public async Task DisposeAsync() => await App.DisposeAsync();
}
