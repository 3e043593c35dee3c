using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SmartCity.Dapr.Tests.Support;

/// <summary>A real app on a port of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _web;

    private TestApp(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.First());

    public static async Task<TestApp> StartAsync(Action<WebApplication> map, int port = 0, bool latin1Headers = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            if (latin1Headers)
            {
                kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
                kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            }
        });
        var web = builder.Build();
        web.Urls.Add($"http://127.0.0.1:{port}");
        map(web);
        await web.StartAsync().Soon();
        return new TestApp(web);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
    }
}

/// <summary>One event as an app got it.</summary>
internal sealed record Delivery(string Path, string? ContentType, JsonObject Event)
{
    public string Id => (string)Event["id"]!;

    public string? Data => Event["data"]?.ToJsonString();
}

/// <summary>An app that subscribes to topics and answers as the test says.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private TestApp _app = null!;
    private string _subscriptions = "";

    public Channel<Delivery> Deliveries { get; } = Channel.CreateUnbounded<Delivery>();

    /// <summary>Decides each answer; success when null.</summary>
    public Func<Delivery, Task<IResult>>? Answer { get; set; }

    public Uri Address => _app.Address;

    /// <summary>Starts an app with <c>/{topic}</c> as the route of each topic.</summary>
    public static Task<Subscriber> StartAsync(params string[] topics)
        => StartWithAsync(JsonSerializer.Serialize(topics.Select(t => new { pubsubname = "pubsub", topic = t, route = "/" + t })));

    public static async Task<Subscriber> StartWithAsync(string subscriptions, int port = 0)
    {
        var subscriber = new Subscriber { _subscriptions = subscriptions };
        await subscriber.StartAgainAsync(port);
        return subscriber;
    }

    /// <summary>Starts once more, as after a crash.</summary>
    public async Task StartAgainAsync(int port, string? subscriptions = null)
    {
        _subscriptions = subscriptions ?? _subscriptions;
        _app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/dapr/subscribe", () => Results.Text(_subscriptions, "application/json"));
            web.MapPost("/{**path}", (Delegate)HandleAsync);
        }, port);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> HandleAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, cancellationToken: context.RequestAborted);
        var delivery = new Delivery(context.Request.Path, context.Request.ContentType, body!);
        await Deliveries.Writer.WriteAsync(delivery, CancellationToken.None);
        return Answer is null ? Results.Ok() : await Answer(delivery);
    }
}
