using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Safety;

/// <summary>People on a flood night, as the service hears of them.</summary>
internal static class SafetyClient
{
    public static readonly string Clerk = TestTokens.For("clerk-uozu", "clerk", TestTown.Uozu);
    public static readonly string Officer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);
    public static readonly string Colleague = TestTokens.For("officer-two", "officer", TestTown.Uozu);

    /// <summary>A town with a river alert in force.</summary>
    public static async Task<AlertsApp> FloodedAsync(params string[] arguments)
    {
        var app = await AlertsApp.StartAsync(shelters: null, arguments);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        return app;
    }

    public static Task<HttpResponseMessage> SafetyAsync(
        this AlertsApp app, HttpMethod method, string path, object? body, string? key = null, string? token = null, string? address = null, string municipality = TestTown.Uozu)
    {
        var request = new HttpRequestMessage(method, AlertsApp.Town("safety-check" + path, municipality)) { Content = body is null ? null : JsonContent.Create(body, options: CityJson.Options) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (address is not null)
        {
            request.Headers.Add("X-Forwarded-For", address);
        }

        return app.Client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> ReportAsync(this AlertsApp app, object body, string? key = null, string? address = null, string municipality = TestTown.Uozu)
        => app.SafetyAsync(HttpMethod.Post, "", body, key ?? NewKey(), address: address, municipality: municipality);

    /// <summary>A report that is taken.</summary>
    public static async Task<SafetyReceipt> TakenAsync(this AlertsApp app, object body, string? key = null)
    {
        using var response = await app.ReportAsync(body, key);
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        return await AlertsApp.ReadAsync<SafetyReceipt>(response);
    }

    public static async Task<FamilyAnswer> FindAsync(this AlertsApp app, string words, string municipality = TestTown.Uozu)
    {
        using var response = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = words }, municipality: municipality);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await AlertsApp.ReadAsync<FamilyAnswer>(response);
    }

    public static async Task<JsonElement> OkAsync(this AlertsApp app, HttpMethod method, string path, object? body, string token)
    {
        using var response = await app.SafetyAsync(method, path, body, token: token);
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await response.Content.ReadAsStringAsync()}");
        return await AlertsApp.ReadAsync<JsonElement>(response);
    }

    public static string NewKey() => Guid.NewGuid().ToString();
}
