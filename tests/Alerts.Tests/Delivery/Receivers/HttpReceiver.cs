using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Receivers;

/// <summary>Somebody's server, or a push service: remembers what it was sent and answers as the test says.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateBounded<Received>(10_000);
    private readonly ConcurrentQueue<Received> _all = new();
    private volatile Func<Received, Task<int>> _answer = static _ => Task.FromResult(200);

    private HttpReceiver(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Everything that came, whatever was answered.</summary>
    public IReadOnlyCollection<Received> All => _all;

    public static async Task<HttpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var receiver = new HttpReceiver(builder.Build());
        receiver._app.MapPost("/{**path}", (Delegate)receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public void Answer(int status) => _answer = _ => Task.FromResult(status);

    public void Answer(Func<Received, int> answer) => _answer = received => Task.FromResult(answer(received));

    public void Answer(Func<Received, Task<int>> answer) => _answer = answer;

    /// <summary>The next request.</summary>
    public Task<Received> NextAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);

    public bool HasMore => _received.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(
            http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(), http.RequestAborted);
        _all.Enqueue(received);
        await _received.Writer.WriteAsync(received);
        return Results.StatusCode(await _answer(received));
    }
}

public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, CancellationToken Aborted)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
