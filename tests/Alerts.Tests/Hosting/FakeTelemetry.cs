using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Hosting;

/// <summary>Telemetry's commands of services: one for each key, and where the test says it stands.</summary>
public sealed class FakeTelemetry
{
    private readonly ConcurrentDictionary<string, ServiceCommandView> _commands = new(StringComparer.Ordinal);
    private readonly Channel<AskedCommand> _new = Channel.CreateBounded<AskedCommand>(100);
    private volatile int _answersLost;
    private int _asked;

    /// <summary>Whether it refuses everything, as a service that restarts.</summary>
    public volatile bool IsDown;

    /// <summary>Whether every line to it breaks, so that nobody knows what it took.</summary>
    public volatile bool IsCutOff;

    /// <summary>Where new commands stand.</summary>
    public string FirstStatus { get; set; } = "Sent";

    public bool HasMore => _new.Reader.TryPeek(out _);

    public int Count => _commands.Count;

    public void Map(WebApplication app)
    {
        app.MapPost("/internal/commands/{municipality}/{device}", TakeAsync);
        app.MapGet("/internal/commands/{municipality}/{device}/{id}", (string municipality, string device, string id, HttpRequest request) =>
            IsDown || !IsForTelemetry(request) ? Results.StatusCode(503)
            : _commands.Values.FirstOrDefault(command => command.Id == id) is { } known ? Results.Json(known, CityJson.Options) : Results.NotFound());
    }

    /// <summary>The next so many commands are taken, and nobody hears of it.</summary>
    public void LoseAnswers(int count) => _answersLost = count;

    public Task<AskedCommand> NextAsync() => _new.Reader.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);

    public void Set(AskedCommand asked, string status, string? why = null) => _commands[asked.FullKey] = new ServiceCommandView(asked.Id, status, Why: why);

    /// <summary>It refuses a command that it was asked for before as another one, as when the manifest changed in between.</summary>
    public volatile bool SaysReused;

    /// <summary>It does not know the device, as before it heard of a changed manifest.</summary>
    public volatile bool KnowsNoDevice;

    private async Task<IResult> TakeAsync(string municipality, string device, HttpRequest request)
    {
        if (IsCutOff)
        {
            request.HttpContext.Abort();
            return Results.Empty;
        }

        if (IsDown || !IsForTelemetry(request))
        {
            return Results.StatusCode(503);
        }

        if (KnowsNoDevice)
        {
            return Results.Problem(type: "urn:smartcity:problem:unknown-device", statusCode: 404);
        }

        var command = (await request.ReadFromJsonAsync<ServiceCommand>(CityJson.Options))!;
        var asked = new AskedCommand(municipality, device, command, $"command-{Interlocked.Increment(ref _asked)}");
        if (_commands.TryAdd(asked.FullKey, new ServiceCommandView(asked.Id, FirstStatus)))
        {
            await _new.Writer.WriteAsync(asked);
        }
        else if (SaysReused)
        {
            return Results.Problem(type: "urn:smartcity:problem:idempotency-key-reused", statusCode: 422,
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["commandId"] = _commands[asked.FullKey].Id });
        }

        return Interlocked.Decrement(ref _answersLost) >= 0 ? Results.StatusCode(500) : Results.Json(_commands[asked.FullKey], CityJson.Options, statusCode: 202);
    }

    private static bool IsForTelemetry(HttpRequest request) => request.Headers["dapr-app-id"] == AppIds.Telemetry;
}

public sealed record AskedCommand(string Municipality, string Device, ServiceCommand Command, string Id)
{
    public string FullKey => $"{Municipality}/{Device}/{Command.Key}";

    public string Argument(string name) => Command.Arguments![name].ToString();
}
