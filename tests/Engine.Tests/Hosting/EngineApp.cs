using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using SmartCity.Engine.Tests.Wiring;

namespace SmartCity.Engine.Tests.Hosting;

/// <summary>A service as any other: grains, a Dapr client, subscriptions. It can be stopped and started again on the same data.</summary>
public sealed class EngineApp : IAsyncLifetime
{
    private Platform _platform = null!;
    private WebApplication _app = null!;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _app.Services;

    public int MqttPort => _platform.MqttPort;

    /// <summary>What the app's subscriptions received.</summary>
    public Events Events { get; } = new();

    public async Task InitializeAsync()
    {
        _platform = await Platform.StartAsync();
        await StartAsync();
    }

    /// <summary>Stops the app as an operator does, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _platform.DisposeAsync();
    }

    private async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder([.. _platform.Settings, $"--urls={_platform.AppUrl}"]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddCityGrains();
        builder.AddCityDapr();
        builder.Services.Configure<ReminderOptions>(reminders => reminders.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100));
        builder.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
        _app = builder.Build();
        _app.UseCloudEvents();
        _app.MapSubscribeHandler();
        Events.Map(_app);
        await _app.StartAsync();
    }
}

/// <summary>All tests share one app and run one after another, as some of them restart it.</summary>
[CollectionDefinition(nameof(EngineApp))]
public sealed class EngineAppTests : ICollectionFixture<EngineApp>;
