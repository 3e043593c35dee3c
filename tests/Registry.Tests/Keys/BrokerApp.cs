using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.Engine;
using SmartCity.Host.Access;
using SmartCity.Host.Startup;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Tests.Keys;

/// <summary>The embedded broker with the host's rules, following a running registry.</summary>
internal sealed class BrokerApp : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port = FreePort();
    private DataDirectory _data = null!;
    private DeviceKeyFeed _feed = null!;
    private TownQuotas _quotas = null!;
    private ILocalPlatform _platform = null!;

    private BrokerApp(string folder) => _folder = folder;

    /// <param name="folder">Of an earlier broker, to start again with what it kept; null for a new one.</param>
    /// <param name="registryAddress">Another address than the registry's, where nobody answers.</param>
    public static async Task<BrokerApp> StartAsync(RegistryApp registry, string? folder = null, Uri? registryAddress = null)
    {
        var app = new BrokerApp(folder ?? Directory.CreateTempSubdirectory("broker-").FullName);
        app._data = new DataDirectory(app._folder);
        app._feed = new DeviceKeyFeed(registryAddress ?? registry.Client.BaseAddress!, app._data, registry.Clock, NullLogger.Instance);
        app._quotas = new TownQuotas(registry.Services.GetRequiredService<ITownDirectory>(), TimeProvider.System);
        app._platform = await LocalPlatform.StartAsync(
            new LocalPlatformOptions
            {
                DataDirectory = app._folder,
                MqttPort = app._port,
                SidecarPorts = new Dictionary<string, int>(StringComparer.Ordinal) { [AppIds.Registry] = 0 },
                Access = new DeviceAccess(app._feed, new DemoKeys(app._data)),
                Quota = app._quotas,
                Loggers = NullLoggerFactory.Instance,
            },
            CancellationToken.None);
        app._feed.Start(app._platform.DisconnectUserAsync);
        return app;
    }

    /// <summary>Stops, and leaves the folder for another.</summary>
    public async Task<string> StopAsync()
    {
        await _feed.DisposeAsync();
        await _platform.DisposeAsync();
        _quotas.Dispose();
        _data.Dispose();
        return _folder;
    }

    public async Task<DeviceSession> ConnectAsync(string userName, string key, string clientId = "")
    {
        var session = new DeviceSession();
        session.Answer = await session.Client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", _port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(clientId.Length > 0 ? clientId : Guid.NewGuid().ToString("N"))
            .WithCredentials(userName, key)
            .Build());
        return session;
    }

    /// <summary>Connects until the broker has heard of the key.</summary>
    public async Task<DeviceSession> ConnectWhenKnownAsync(string userName, string key, string clientId = "")
    {
        using var patience = new CancellationTokenSource(RegistryApp.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var session = await ConnectAsync(userName, key, clientId);
            if (session.Answer.ResultCode == MqttClientConnectResultCode.Success)
            {
                return session;
            }

            session.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => Directory.Delete(await StopAsync(), recursive: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A device's connection.</summary>
internal sealed class DeviceSession : IDisposable
{
    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeviceSession() => Client.DisconnectedAsync += _ =>
    {
        _dropped.TrySetResult();
        return Task.CompletedTask;
    };

    public IMqttClient Client { get; } = new MqttClientFactory().CreateMqttClient();

    public MqttClientConnectResult Answer { get; set; } = null!;

    /// <summary>Completes when the broker closes the connection.</summary>
    public Task Dropped => _dropped.Task;

    public Task<MqttClientPublishResult> PublishAsync(string topic, MqttQualityOfServiceLevel qualityOfService = MqttQualityOfServiceLevel.AtLeastOnce)
        => Client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("{}").WithQualityOfServiceLevel(qualityOfService).Build());

    public void Dispose() => Client.Dispose();
}
