using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace SmartCity.Load.Events;

/// <summary>An app that subscribes to one topic and remembers the number in each event.</summary>
internal sealed class EventApp : IAsyncDisposable
{
    public const string Topic = "load";

    private const int MostAhead = 5_000;

    private readonly WebApplication _web;
    private long _received;

    private EventApp(WebApplication web) => _web = web;

    /// <summary>How often each number came.</summary>
    public ConcurrentDictionary<long, int> Counts { get; } = [];

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Released once for each event, so that a publisher can wait for the subscriber.</summary>
    public SemaphoreSlim Ahead { get; } = new(MostAhead);

    public Uri Address => new(_web.Urls.First());

    public static async Task<EventApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var app = new EventApp(web);
        web.MapGet("/dapr/subscribe", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""[{"pubsubname":"pubsub","topic":"{{Topic}}","route":"/events"}]""");
        });
        web.MapPost("/events", app.ReceiveAsync);
        await web.StartAsync();
        return app;
    }

    public ValueTask DisposeAsync()
    {
        Ahead.Dispose();
        return _web.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var body = await context.Request.BodyReader.ReadAtLeastAsync((int)(context.Request.ContentLength ?? 1));
        Counts.AddOrUpdate(NumberIn(body.Buffer), 1, static (_, count) => count + 1);
        context.Request.BodyReader.AdvanceTo(body.Buffer.End);
        Interlocked.Increment(ref _received);
        Ahead.Release();
    }

    private static long NumberIn(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("number"))
            {
                reader.Read();
                return reader.GetInt64();
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"An event of {body.Length} bytes has no number."));
    }
}
