using System.Net.Http.Json;
using System.Text.Json;

namespace SmartCity.Telemetry.Tests.OpenData;

public sealed class MapTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData("Shared")]
    [InlineData("Database")]
    public async Task Map_WhenARuleIsRaised_ShowsPlacedDevicesOfTheTownWithTheirState(string isolation)
    {
        await using var app = await OpenDataTown.StartAsync(isolation);
        await app.PublishLevelAsync(Now.AddSeconds(-1), 3.42);
        await app.PublishLevelAsync(Now, 99, TelemetryApp.OtherTown);
        await app.PublishAsync("""{"temperatureCelsius":21.5}""", $"sc/v1/{TelemetryApp.Town}/weather-1/telemetry");
        await app.Subscriber.NextAsync();
        await app.FleetWhenAsync(fleet => fleet.RulesRaised == 1);

        using var response = await app.Http.GetAsync(new Uri($"/api/{TelemetryApp.Town}/telemetry/map.geojson", UriKind.Relative));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/geo+json");
        var map = await response.Content.ReadFromJsonAsync<JsonElement>();
        map.GetProperty("type").GetString().ShouldBe("FeatureCollection");
        map.GetProperty("licence").GetString().ShouldBe("CC BY 4.0");
        map.GetProperty("attribution").GetString().ShouldBe("魚津市防災課");
        (map.GetProperty("updated").GetDateTimeOffset() - Now.AddSeconds(-1)).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));

        // The device without a place is on no map.
        var feature = map.GetProperty("features").EnumerateArray().ShouldHaveSingleItem();
        feature.GetProperty("id").GetString().ShouldBe(TelemetryApp.Device);
        feature.GetProperty("geometry").GetRawText().ShouldBe("""{"type":"Point","coordinates":[137.4,36.8]}""");
        var properties = feature.GetProperty("properties");
        properties.GetProperty("kind").GetString().ShouldBe("river");
        properties.GetProperty("names").GetProperty("en").GetString().ShouldBe("Katakai, River");
        var level = properties.GetProperty("latest").GetProperty("waterLevelMetres");
        level.GetProperty("value").GetDouble().ShouldBe(3.42);
        level.GetProperty("unit").GetString().ShouldBe("m");
        level.GetProperty("t").GetString().ShouldEndWith("+09:00");
        properties.GetProperty("raised").EnumerateArray().Select(rule => rule.GetString()).ShouldBe(["river-warning"]);
        properties.GetProperty("silent").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Map_WhenADeviceIsSilent_SaysSo()
    {
        await using var app = await OpenDataTown.StartAsync();
        await app.PublishLevelAsync(Now, 1);
        await app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.FleetWhenAsync(fleet => fleet.Silent == 1);
        var map = await app.Http.GetFromJsonAsync<JsonElement>($"/api/{TelemetryApp.Town}/telemetry/map.geojson");
        map.GetProperty("features")[0].GetProperty("properties").GetProperty("silent").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Map_WhenTheTownSaysNothingOfALicence_ClaimsNone()
    {
        await using var app = await OpenDataTown.StartAsync();
        var map = await app.Http.GetFromJsonAsync<JsonElement>($"/api/{TelemetryApp.OtherTown}/telemetry/open-data/devices.geojson");
        map.GetProperty("licence").ValueKind.ShouldBe(JsonValueKind.Null);
        map.GetProperty("attribution").GetString().ShouldBe("入善町");
        map.GetProperty("updated").ValueKind.ShouldBe(JsonValueKind.Null);
        map.GetProperty("features").GetArrayLength().ShouldBe(1);
    }
}
