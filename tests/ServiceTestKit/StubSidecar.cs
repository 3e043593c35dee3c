using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartCity.ServiceTestKit;

/// <summary>
/// A stand-in for a sidecar: Dapr's publish endpoint (<c>POST /v1.0/publish/{pubsub}/{topic}</c>) that remembers what it
/// was given, and invocation by <c>dapr-app-id</c> answered as the test says.
/// </summary>
public sealed class StubSidecar : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly WebApplication _app;
    private readonly Channel<StubEvent> _published = Channel.CreateBounded<StubEvent>(1000);
    private volatile Func<HttpRequest, IResult?> _answer = static _ => null;

    private StubSidecar(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<StubSidecar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var sidecar = new StubSidecar(builder.Build());
        sidecar._app.MapPost("/v1.0/publish/{pubsub}/{topic}", sidecar.TakeAsync);
        sidecar._app.MapFallback(sidecar.Invoke);
        await sidecar._app.StartAsync();
        return sidecar;
    }

    /// <summary>What another app answers; null for the answer of a sidecar that can't reach it.</summary>
    public void Answer(Func<HttpRequest, IResult?> answer) => _answer = answer;

    /// <summary>The next event that was published.</summary>
    public Task<StubEvent> NextAsync() => _published.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Whether something was published that nobody asked for yet.</summary>
    public bool HasMore => _published.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string pubsub, string topic, HttpRequest request)
    {
        using var document = await JsonDocument.ParseAsync(request.Body);
        await _published.Writer.WriteAsync(new StubEvent(pubsub, topic, request.Query["metadata.cloudevent.id"].ToString(), document.RootElement.Clone()));
        return Results.NoContent();
    }

    private IResult Invoke(HttpRequest request) => _answer(request) ?? Results.StatusCode(StatusCodes.Status500InternalServerError);
}

/// <summary>An event as it was published.</summary>
public sealed record StubEvent(string PubSub, string Topic, string EventId, JsonElement Data);
