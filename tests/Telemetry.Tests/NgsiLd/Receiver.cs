using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartCity.Telemetry.Tests.NgsiLd;

/// <summary>Somebody who takes notifications, or refuses them.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<Notification> _taken = Channel.CreateUnbounded<Notification>();
    private readonly ConcurrentQueue<int> _answers = new();
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/notify";

    /// <summary>Notifications that nobody asked for yet.</summary>
    public int Waiting => _taken.Reader.Count;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.MapPost("/notify", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next notifications are answered so, one each; those after them with 200.</summary>
    public void AnswerWith(params int[] statuses) => Array.ForEach(statuses, _answers.Enqueue);

    public async Task<Notification> NextAsync() => await _taken.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = JsonSerializer.Deserialize<JsonElement>(await reader.ReadToEndAsync());
        await _taken.Writer.WriteAsync(new Notification(body, http.Request.ContentType!, http.Request.Headers.Link.ToString()));
        http.Response.StatusCode = _answers.TryDequeue(out var status) ? status : StatusCodes.Status200OK;
    }
}

internal sealed record Notification(JsonElement Body, string ContentType, string Link)
{
    public JsonElement Single => Body.GetProperty("data").EnumerateArray().Single();
}
