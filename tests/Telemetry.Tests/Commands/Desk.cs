using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.ServiceTestKit;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>What staff do over the API.</summary>
internal static class Desk
{
    public static readonly string Clerk = TestTokens.For("clerk-1", "clerk", TelemetryApp.Town);
    public static readonly string Officer = TestTokens.For("officer-1", "officer", TelemetryApp.Town);
    public static readonly string SecondOfficer = TestTokens.For("officer-2", "officer", TelemetryApp.Town);
    public static readonly string Stranger = TestTokens.For("officer-9", "officer", TelemetryApp.OtherTown);

    public static async Task<HttpResponseMessage> AskAsync(
        this TelemetryApp app, HttpMethod method, string path, string? token, string? body = null, string? key = null, string town = TelemetryApp.Town, string mediaType = "application/json",
        string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/{town}/telemetry/{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await app.Http.SendAsync(request);
    }

    public static async Task<JsonObject> ReadAsync(this HttpResponseMessage response)
        => JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static Task<HttpResponseMessage> SendCommandAsync(this TelemetryApp app, string device, string token, string body, string? key = null, string town = TelemetryApp.Town)
        => app.AskAsync(HttpMethod.Post, $"devices/{device}/commands", token, body, key, town);

    /// <summary>Sends a command that is taken, and gives its id.</summary>
    public static async Task<string> CommandAsync(this TelemetryApp app, string device, string token, string body, string? key = null, string town = TelemetryApp.Town)
    {
        using var response = await app.SendCommandAsync(device, token, body, key, town);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (string)(await response.ReadAsync())["id"]!;
    }

    public static async Task<JsonObject> CommandOfAsync(this TelemetryApp app, string device, string id, string? token = null, string town = TelemetryApp.Town)
    {
        using var response = await app.AskAsync(HttpMethod.Get, $"devices/{device}/commands/{id}", token ?? Clerk, town: town);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.ReadAsync();
    }

    /// <summary>Asks for the command until it stands so; fails with the last answer.</summary>
    public static Task<JsonObject> CommandWhenAsync(this TelemetryApp app, string device, string id, string status, string? token = null, string town = TelemetryApp.Town)
        => app.CommandWhenAsync(device, id, command => (string?)command["status"] == status, token, town);

    public static async Task<JsonObject> CommandWhenAsync(
        this TelemetryApp app, string device, string id, Func<JsonObject, bool> condition, string? token = null, string town = TelemetryApp.Town)
    {
        var giveUp = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var command = await app.CommandOfAsync(device, id, token, town);
            if (condition(command))
            {
                return command;
            }

            DateTime.UtcNow.ShouldBeLessThan(giveUp, command.ToJsonString());
            await Task.Yield();
        }
    }

    /// <summary>The steps of a command's history.</summary>
    public static string[] StepsOf(this JsonObject command) => [.. command["history"]!.AsArray().Select(step => (string)step!["what"]!)];

    public static async Task ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, body);
        ((string?)JsonNode.Parse(body)!["type"]).ShouldBe("urn:smartcity:problem:" + code);
    }
}
