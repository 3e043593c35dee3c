using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Tests.Cap;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Hosting;

public sealed partial class AlertsApp
{
    private static readonly DateTimeOffset FirstReading = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    public static string Town(string path, string municipality = TestTown.Uozu) => $"/api/{municipality}/alerts/{path}";

    /// <param name="minute">Minutes after the first reading, by the device's clock.</param>
    public static SensorThreshold Threshold(
        string ruleId,
        ThresholdTransition transition,
        int minute,
        string device = TestTown.Gauge,
        string municipality = TestTown.Uozu,
        string? eventId = null) => new()
        {
            EventId = eventId ?? $"{municipality}/{device}/{ruleId}/{transition}/{minute}",
            Municipality = municipality,
            DeviceId = device,
            DeviceName = new LocalizedText("片貝川", "Katakai River"),
            RuleId = ruleId,
            Metric = "waterLevelMetres",
            Transition = transition,
            Value = transition == ThresholdTransition.Raised ? 3.42 : 2.9,
            Threshold = 3.2,
            At = FirstReading.AddMinutes(minute),
            Explanation = transition == ThresholdTransition.Raised ? "3.42 ≥ 3.20" : "2.90 < 3.00",
        };

    /// <summary>Delivers an event as the sidecar does, and expects the answer to acknowledge it.</summary>
    public async Task DeliverAsync(SensorThreshold transition)
    {
        using var response = await PostEventAsync(transition);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("RETRY");
    }

    public Task RaiseAsync(string ruleId, int minute, string device = TestTown.Gauge)
        => DeliverAsync(Threshold(ruleId, ThresholdTransition.Raised, minute, device));

    public Task ClearAsync(string ruleId, int minute, string device = TestTown.Gauge)
        => DeliverAsync(Threshold(ruleId, ThresholdTransition.Cleared, minute, device));

    public async Task<HttpResponseMessage> PostEventAsync(SensorThreshold transition)
    {
        var envelope = JsonSerializer.Serialize(
            new
            {
                specversion = "1.0",
                id = transition.EventId,
                source = "telemetry",
                type = "com.dapr.event.sent",
                datacontenttype = "application/json",
                pubsubname = Topics.PubSub,
                topic = Topics.SensorThreshold,
                data = transition,
            },
            CityJson.Options);
        using var content = new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json");
        return await Client.PostAsync(new Uri("/events/sensor-threshold", UriKind.Relative), content);
    }

    public async Task<IReadOnlyList<AlertView>> ActiveAsync(string municipality = TestTown.Uozu)
        => (await GetAsync<Page<AlertView>>(Town("active", municipality))).Items;

    public async Task<AlertView> OneActiveAsync() => (await ActiveAsync()).ShouldHaveSingleItem();

    /// <summary>A message's CAP XML, read back and held against the schema where that is at hand.</summary>
    public async Task<CapDocument> CapAsync(string id)
        => CapDocument.Parse(await Client.GetStringAsync(new Uri(Town(id + ".cap.xml"), UriKind.Relative)));

    public async Task<T> GetAsync<T>(string path, string? token = null)
    {
        using var response = await SendAsync(HttpMethod.Get, path, token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await ReadAsync<T>(response);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(body, options: CityJson.Options);
        return await Client.SendAsync(request);
    }

    /// <summary>The stable code of a refusal: the end of its problem type.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await ReadAsync<JsonElement>(response)).GetProperty("type").GetString()!.Replace("urn:smartcity:problem:", "", StringComparison.Ordinal);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response)
        => (await response.Content.ReadFromJsonAsync<T>(CityJson.Options))!;
}
