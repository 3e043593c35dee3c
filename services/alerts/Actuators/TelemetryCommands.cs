using System.Net;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Actuators;

/// <summary>Commands to devices, which telemetry keeps until the device answers. The call goes through the sidecar.</summary>
internal sealed class TelemetryCommands(IHttpClientFactory clients)
{
    /// <summary>Asking again with the same key asks for the same command.</summary>
    public async Task<CommandAnswer> AskAsync(string municipality, string device, ServiceCommand command, CancellationToken cancellationToken)
        => await SendAsync(HttpMethod.Post, PathOf(municipality, device), command, cancellationToken);

    public async Task<CommandAnswer> StateAsync(string municipality, string device, string id, CancellationToken cancellationToken)
        => await SendAsync(HttpMethod.Get, $"{PathOf(municipality, device)}/{Uri.EscapeDataString(id)}", body: null, cancellationToken);

    private static string PathOf(string municipality, string device) => $"internal/commands/{municipality}/{Uri.EscapeDataString(device)}";

    private async Task<CommandAnswer> SendAsync(HttpMethod method, string path, ServiceCommand? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: CityJson.Options) };
            using var response = await clients.CreateClient(AppIds.Telemetry).SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return new(await response.Content.ReadFromJsonAsync<ServiceCommandView>(CityJson.Options, cancellationToken), null, IsFinal: false);
            }

            var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : default;
            if (TakenBefore(problem) is { } taken)
            {
                return new(taken, null, IsFinal: false);
            }

            // What telemetry says no to it says no to again; what is busy, restarting or not found by the sidecar is tried again, and so
            // is a device that telemetry has not heard of yet. A command that it does not know will not turn up.
            var isFinal = problem.ValueKind == JsonValueKind.Object && (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity
                || (response.StatusCode == HttpStatusCode.NotFound && method == HttpMethod.Get));
            return new(null, isFinal && CodeOf(problem) is { } code ? code : $"telemetry-{(int)response.StatusCode}", isFinal);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(null, "telemetry-away", IsFinal: false);
        }
    }

    // Asked for before the manifest became another: the answer was lost, the command was not.
    private static ServiceCommandView? TakenBefore(JsonElement problem)
        => CodeOf(problem) == "idempotency-key-reused" && problem.TryGetProperty("commandId", out var id) && id.GetString() is { Length: > 0 } known ? new(known, "Queued") : null;

    private static string? CodeOf(JsonElement problem)
        => problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("type", out var type) && type.GetString()?.Split(':')[^1] is { Length: > 0 } code ? code : null;
}

/// <summary>What telemetry said.</summary>
/// <param name="Command">Where it stands; null: it was not taken.</param>
/// <param name="Why">A stable code, where it was not taken.</param>
/// <param name="IsFinal">Whether asking again is in vain.</param>
internal sealed record CommandAnswer(ServiceCommandView? Command, string? Why, bool IsFinal)
{
    /// <summary>Whether it may have been taken all the same: no answer came, or one from the midst of it.</summary>
    public bool MayBeTaken => Why is "telemetry-away" or "telemetry-500" or "telemetry-502" or "telemetry-504";
}
