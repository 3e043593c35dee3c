using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Telemetry.Tests.Devices;

public sealed class DeviceSearchTests : IAsyncLifetime
{
    private const string Region = """
        name: Test
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, en: Uozu }
            latitudeDegrees: 36.8
            longitudeDegrees: 137.4
            isolation: Shared
            services: [telemetry]
            rules:
              - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0 }
              - { kind: silence, id: quiet, deviceKind: river, afterSeconds: 600 }
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川　髙橋, en: Katakai River }, latitudeDegrees: 36.8, longitudeDegrees: 137.4 }
              - { id: rain-1, kind: rain, name: { ja: 雨量センター, en: Rain Centre }, latitudeDegrees: 36.9, longitudeDegrees: 137.5 }
              - { id: weather-1, kind: weather, name: { ja: 気象, en: Weather } }
        """;

    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync(region: Region);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("search=高橋", "river-katakai-1")]
    [InlineData("search=ｾﾝﾀｰ", "rain-1")]
    [InlineData("search=せんた", "rain-1")]
    [InlineData("search=KATAKAI river", "river-katakai-1")]
    [InlineData("search=RAIN-1", "rain-1")]
    [InlineData("search=髙橋　片貝", "river-katakai-1")]
    [InlineData("kind=weather", "weather-1")]
    [InlineData("within=36.85,137.45,36.95,137.55", "rain-1")]
    [InlineData("search=nowhere", "")]
    public async Task List_WhenSearched_FindsWhateverWayItIsWritten(string query, string expected)
    {
        var found = await FindAsync(query);

        string.Join(' ', found.Items.Select(device => device.Id)).ShouldBe(expected);
        found.Total.ShouldBe(found.Items.Count);
    }

    [Fact]
    public async Task List_WhenTheWorstIsFirst_BeginsWithSilenceAndPagesThroughAll()
    {
        await _app.PublishAsync("""{"waterLevelMetres":3.5}""");
        await UntilAsync("health=raised", found => found.Total == 1);
        await _app.FleetWhenAsync(fleet =>
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(fleet.Silent == 1 ? 0 : 30));
            return fleet.Silent == 1;
        });

        var first = await FindAsync("order=trouble&limit=2");
        var second = await FindAsync("order=trouble&limit=2&after=" + first.Next);

        first.Items[0].Id.ShouldBe(TelemetryApp.Device);
        first.Items[0].Troubles.ShouldBe([DeviceTrouble.Silent]);
        first.Items[0].RaisedRules.ShouldBe(["river-warning"]);
        first.Items[0].SilentSince.ShouldBe(first.Items[0].LastSeen);
        first.Items[1].Troubles.ShouldBe([DeviceTrouble.NeverHeard]);
        first.Total.ShouldBe(3);
        second.Items.Select(device => device.Id).ShouldBe(["weather-1"]);
        second.Next.ShouldBeNull();
        (await FindAsync("health=silent")).Items.Select(device => device.Id).ShouldBe([TelemetryApp.Device]);
        (await FindAsync("health=neverHeard")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task List_WhenAClockIsWrong_FindsItByThat()
    {
        var at = _app.Clock.GetUtcNow().AddMinutes(-5).ToString("O", CultureInfo.InvariantCulture);
        await _app.PublishAsync($$"""{"t":"{{at}}","waterLevelMetres":1}""");

        var found = await UntilAsync("health=clockWrong", found => found.Total == 1);

        found.Items[0].ClockSkewSeconds!.Value.ShouldBe(300, 30);
    }

    [Fact]
    public async Task List_WhenSomethingWasRefused_FindsItByThatForADay()
    {
        await _app.PublishAsync("no json");
        var found = await UntilAsync("health=refused", found => found.Total == 1);
        found.Items[0].LastError!.Code.ShouldBe("payload-malformed");

        _app.Clock.Advance(TimeSpan.FromHours(25));

        (await FindAsync("health=refused")).Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("health=ill", "health-unknown")]
    [InlineData("order=size", "order-unknown")]
    public async Task List_WhenAskedForSomethingElse_SaysWhatThereIs(string query, string code)
    {
        using var answer = await _app.Http.GetAsync($"/api/{TelemetryApp.Town}/telemetry/devices?{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    private async Task<FoundDevices> FindAsync(string query)
        => (await _app.Http.GetFromJsonAsync<FoundDevices>($"/api/{TelemetryApp.Town}/telemetry/devices?{query}", CityJson.Options))!;

    private async Task<FoundDevices> UntilAsync(string query, Func<FoundDevices, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await FindAsync(query) is { } found && isSo(found))
            {
                return found;
            }

            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
