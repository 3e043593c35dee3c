using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests;

/// <summary>An app that subscribes to threshold events, as the alerts service does.</summary>
internal sealed class ThresholdSubscriber : IAsyncDisposable
{
    private readonly Channel<SensorThreshold> _received = Channel.CreateUnbounded<SensorThreshold>();
    private readonly Channel<DeviceSilent> _silences = Channel.CreateUnbounded<DeviceSilent>();
    private readonly WebApplication _app;

    private ThresholdSubscriber(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<ThresholdSubscriber> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => CityJson.Apply(json.SerializerOptions));
        var app = builder.Build();
        var subscriber = new ThresholdSubscriber(app);
        app.UseCloudEvents();
        app.MapSubscribeHandler();
        app.MapPost("/events/sensor-threshold", (SensorThreshold threshold) => subscriber._received.Writer.TryWrite(threshold) ? Results.Ok() : Results.StatusCode(500))
            .WithTopic(Topics.PubSub, Topics.SensorThreshold);
        app.MapPost("/events/device-silent", (DeviceSilent silent) => subscriber._silences.Writer.TryWrite(silent) ? Results.Ok() : Results.StatusCode(500))
            .WithTopic(Topics.PubSub, Topics.DeviceSilent);
        await app.StartAsync();
        return subscriber;
    }

    public async Task<SensorThreshold> NextAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _received.Reader.ReadAsync(timeout.Token);
    }

    public async Task<DeviceSilent> NextSilenceAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _silences.Reader.ReadAsync(timeout.Token);
    }

    public int WaitingSilences => _silences.Reader.Count;

    public int Waiting => _received.Reader.Count;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
