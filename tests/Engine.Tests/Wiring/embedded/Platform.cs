using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace SmartCity.Engine.Tests.Wiring;

/// <summary>The broker and the sidecar of the embedded engine, in this process.</summary>
internal sealed class Platform : IAsyncDisposable
{
    public const string AppId = "engine-tests";

    private readonly string _directory;
    private readonly ILocalPlatform _running;

    private Platform(string directory, ILocalPlatform running, int mqttPort, int sidecarPort, int appPort)
    {
        (_directory, _running, MqttPort) = (directory, running, mqttPort);
        AppUrl = new Uri($"http://127.0.0.1:{appPort}");
        Settings = [$"--Dapr:HttpEndpoint=http://127.0.0.1:{sidecarPort}", $"--Orleans:Directory={Path.Combine(directory, "grains")}"];
    }

    public int MqttPort { get; }

    /// <summary>Where the app is to listen: the sidecar calls it there.</summary>
    public Uri AppUrl { get; }

    /// <summary>What the app needs to find its sidecar and keep its grains.</summary>
    public string[] Settings { get; }

    public static async Task<Platform> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("smartcity-engine-").FullName;
        var (mqtt, sidecar, app) = (FreePort(), FreePort(), FreePort());
        var running = await LocalPlatform.StartAsync(
            new LocalPlatformOptions
            {
                DataDirectory = directory,
                MqttPort = mqtt,
                SidecarPorts = new Dictionary<string, int>(StringComparer.Ordinal) { [AppId] = sidecar },
                Access = new Everybody(),
                Loggers = NullLoggerFactory.Instance,
            },
            CancellationToken.None);
        var platform = new Platform(directory, running, mqtt, sidecar, app);
        running.SetAppAddress(AppId, platform.AppUrl);
        return platform;
    }

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Everybody : IMqttAccess
    {
        public ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
            => ValueTask.FromResult(MqttAdmission.Admitted);

        public bool MayPublish(string userName, string topic) => true;

        public bool MaySubscribe(string userName, string topicFilter) => true;

        public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic) => null;
    }
}
