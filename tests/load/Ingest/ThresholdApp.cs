using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Ingest;

/// <summary>Subscribes to <c>sensor.threshold</c> and remembers how long each event took from the reading that caused it.</summary>
internal sealed class ThresholdApp : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<double> _milliseconds = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private long _doubled;

    private ThresholdApp(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.First());

    public long Events => _seen.Count;

    public long Doubled => Interlocked.Read(ref _doubled);

    public static async Task<ThresholdApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var app = new ThresholdApp(web);
        web.MapPost("/events/sensor-threshold", app.TakeAsync);
        await web.StartAsync();
        return app;
    }

    /// <summary>What is known so far is forgotten, so that a warm-up does not count.</summary>
    public void Begin() => _milliseconds.Clear();

    public (double P50, double P99) Latencies() => Percentile.Of([.. _milliseconds]);

    /// <summary>What share took longer than so many milliseconds.</summary>
    public double ShareAbove(double milliseconds) => _milliseconds.IsEmpty ? 0 : _milliseconds.Count(taken => taken > milliseconds) / (double)_milliseconds.Count;

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var now = DateTimeOffset.UtcNow;
        using var envelope = await JsonDocument.ParseAsync(context.Request.Body);
        var threshold = envelope.RootElement.GetProperty("data").Deserialize<SensorThreshold>(CityJson.Options) ?? throw new UnreachableException("An event without data.");
        _milliseconds.Enqueue((now - threshold.At).TotalMilliseconds);
        if (!_seen.TryAdd(threshold.EventId, true))
        {
            Interlocked.Increment(ref _doubled);
        }
    }
}
