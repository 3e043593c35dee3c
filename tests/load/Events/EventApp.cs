using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCity.Load.Events;

/// <summary>An app that subscribes to topics and remembers the number in each event.</summary>
internal sealed class EventApp : IAsyncDisposable
{
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

    public static string Topic(long number) => string.Create(CultureInfo.InvariantCulture, $"load-{number}");

    /// <param name="topics">How many topics; each keeps its own order.</param>
    /// <param name="inBulk">Whether up to a hundred events come in one request (Dapr docs, "Bulk subscribe").</param>
    public static async Task<EventApp> StartAsync(int topics, bool inBulk)
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
            return context.Response.WriteAsJsonAsync(Enumerable.Range(0, topics).Select(number => new
            {
                pubsubname = "pubsub",
                topic = Topic(number),
                route = inBulk ? "/bulk" : "/events",
                bulkSubscribe = inBulk ? new { enabled = true, maxMessagesCount = 100, maxAwaitDurationMs = 10 } : null,
            }), new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });
        });
        web.MapPost("/events", app.ReceiveAsync);
        web.MapPost("/bulk", app.ReceiveBulkAsync);
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
        Take(NumberIn(body.Buffer));
        context.Request.BodyReader.AdvanceTo(body.Buffer.End);
    }

    private async Task ReceiveBulkAsync(HttpContext context)
    {
        using var bulk = await JsonDocument.ParseAsync(context.Request.Body);
        var statuses = new List<object>();
        foreach (var entry in bulk.RootElement.GetProperty("entries").EnumerateArray())
        {
            Take(entry.GetProperty("event").GetProperty("data").GetProperty("number").GetInt64());
            statuses.Add(new { entryId = entry.GetProperty("entryId").GetString(), status = "SUCCESS" });
        }

        await context.Response.WriteAsJsonAsync(new { statuses });
    }

    private void Take(long number)
    {
        Counts.AddOrUpdate(number, 1, static (_, count) => count + 1);
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
