using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;

namespace SmartCity.Alerts.Tests.Hosting;

/// <summary>Dapr's publish endpoint (<c>POST /v1.0/publish/{pubsub}/{topic}</c>) that remembers what it was given.</summary>
public sealed class RecordingSidecar : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Published> _published = Channel.CreateBounded<Published>(1000);
    private readonly Channel<Published> _refused = Channel.CreateBounded<Published>(1000);
    private readonly Channel<ExchangeRecorded> _records = Channel.CreateBounded<ExchangeRecorded>(1000);
    private volatile bool _refusing;

    private RecordingSidecar(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<RecordingSidecar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var sidecar = new RecordingSidecar(builder.Build());
        sidecar._app.MapPost("/v1.0/publish/{pubsub}/{topic}", sidecar.TakeAsync);
        sidecar.Telemetry.Map(sidecar._app);
        await sidecar._app.StartAsync();
        return sidecar;
    }

    /// <summary>The service that the sidecar calls for <c>dapr-app-id: telemetry</c>.</summary>
    public FakeTelemetry Telemetry { get; } = new();

    /// <summary>From now on every publish is answered with an error, although it arrived.</summary>
    public void Refuse() => _refusing = true;

    public void Accept() => _refusing = false;

    /// <summary>The next event that was accepted.</summary>
    public Task<Published> NextAsync() => _published.Reader.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);

    /// <summary>The next event that was answered with an error.</summary>
    public Task<Published> NextRefusedAsync() => _refused.Reader.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);

    /// <summary>The next record for the exchange log.</summary>
    public Task<ExchangeRecorded> NextRecordAsync() => _records.Reader.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);

    public bool HasMoreRecords => _records.Reader.TryPeek(out _);

    /// <summary>Whether something was accepted that nobody asked for yet.</summary>
    public bool HasMore => _published.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string pubsub, string topic, HttpRequest request)
    {
        if (topic == Topics.ExchangeRecorded)
        {
            await _records.Writer.WriteAsync((await JsonSerializer.DeserializeAsync<ExchangeRecorded>(request.Body, CityJson.Options))!);
            return Results.NoContent();
        }

        var alert = (await JsonSerializer.DeserializeAsync<AlertChanged>(request.Body, CityJson.Options))!;
        var published = new Published(pubsub, topic, request.Query["metadata.cloudevent.id"].ToString(), alert);
        await (_refusing ? _refused : _published).Writer.WriteAsync(published);
        return _refusing ? Results.StatusCode(500) : Results.NoContent();
    }
}

public sealed record Published(string PubSub, string Topic, string EventId, AlertChanged Event);
