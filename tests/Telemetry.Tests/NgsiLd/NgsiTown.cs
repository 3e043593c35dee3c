using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartCity.ServiceTestKit;

namespace SmartCity.Telemetry.Tests.NgsiLd;

/// <summary>A town with a device of each model, and an NGSI-LD client's requests.</summary>
internal static class NgsiTown
{
    public const string River = "urn:ngsi-ld:FloodMonitoring:162043:river-katakai-1";
    public const string RiverDevice = "urn:ngsi-ld:Device:162043:river-katakai-1";
    public const string Weather = "urn:ngsi-ld:WeatherObserved:162043:weather-1";
    public const string Tank = "urn:ngsi-ld:Device:162043:tank-1";
    public const string Spot = "urn:ngsi-ld:ParkingSpot:162043:spot-1";
    public const string ContextRelation = "http://www.w3.org/ns/json-ld#context";

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
              - { id: river-danger, deviceKind: river, metric: waterLevelMetres, raiseAt: 4.1, clearBelow: 4.0 }
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川, en: Katakai River }, latitudeDegrees: 36.8, longitudeDegrees: 137.4 }
              - { id: weather-1, kind: weather, name: { ja: 気象, en: Weather }, latitudeDegrees: 36.9, longitudeDegrees: 137.4 }
              - { id: tank-1, kind: tank, name: { ja: 受水槽, en: Tank } }
              - { id: spot-1, kind: parking-spot, name: { ja: 駐車場, en: Spot } }
          - code: "163422"
            name: { ja: 入善町, en: Nyuzen }
            latitudeDegrees: 36.9
            longitudeDegrees: 137.5
            services: [telemetry]
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 別の町, en: Other }, latitudeDegrees: 36.8, longitudeDegrees: 137.4 }
        """;

    public static Task<TelemetryApp> StartAsync(string isolation = "Shared", params string[] settings) => TelemetryApp.StartAsync(isolation, Region, settings: settings);

    public static Task PublishFromAsync(this TelemetryApp app, string device, string payload) => app.PublishAsync(payload, $"sc/v1/{TelemetryApp.Town}/{device}/telemetry");

    /// <param name="path">Below <c>ngsi-ld/v1/</c>.</param>
    public static async Task<HttpResponseMessage> NgsiAsync(this TelemetryApp app, string path, string? accept = null, HttpMethod? method = null, string town = TelemetryApp.Town)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, $"/api/{town}/telemetry/ngsi-ld/v1/{path}");
        if (accept is not null)
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        }

        // Reading needs no account.
        request.Headers.Authorization = request.Method == HttpMethod.Get ? null : new AuthenticationHeaderValue("Bearer", TestTokens.For("clerk", "clerk", town));
        return await app.Http.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this TelemetryApp app, string path, string? accept = null, string town = TelemetryApp.Town)
    {
        using var response = await app.NgsiAsync(path, accept, town: town);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static async Task<string[]> IdsAsync(this TelemetryApp app, string query, string town = TelemetryApp.Town)
        => [.. (await app.JsonAsync("entities?" + query, town: town)).EnumerateArray().Select(entity => entity.GetProperty("id").GetString()!)];

    /// <summary>The problem's type, without what all have in common.</summary>
    public static async Task<(HttpStatusCode Status, string Type)> ProblemAsync(this TelemetryApp app, string path, HttpMethod? method = null)
    {
        using var response = await app.NgsiAsync(path, method: method);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var type = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("type").GetString()!;
        type.ShouldStartWith("https://uri.etsi.org/ngsi-ld/errors/");
        return (response.StatusCode, type["https://uri.etsi.org/ngsi-ld/errors/".Length..]);
    }
}
