using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.Engine;

namespace SmartCity.Transit.Tests.Realtime;

/// <summary>A broker that notes what the transit service subscribes to.</summary>
internal sealed class Broker : IMqttAccess, IAsyncDisposable
{
    public const string ServiceUser = "service/transit";

    private readonly string _directory = Directory.CreateTempSubdirectory("transit-broker-").FullName;
    private readonly Lock _gate = new();
    private readonly List<string> _subscribed = [];
    private ILocalPlatform? _platform;

    public int Port { get; private set; }

    public string[] Settings => [$"--Mqtt:Port={Port.ToString(CultureInfo.InvariantCulture)}", $"--Mqtt:UserName={ServiceUser}", "--Mqtt:Password=secret"];

    /// <summary>Topic filters of the service, in the order of its subscriptions.</summary>
    public string[] Subscribed
    {
        get
        {
            lock (_gate)
            {
                return [.. _subscribed];
            }
        }
    }

    public static async Task<Broker> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var broker = new Broker { Port = FreePort() };
            try
            {
                broker._platform = await LocalPlatform.StartAsync(
                    new LocalPlatformOptions
                    {
                        DataDirectory = broker._directory,
                        MqttPort = broker.Port,
                        SidecarPorts = new Dictionary<string, int>(StringComparer.Ordinal) { [AppIds.Transit] = 0 },
                        Access = broker,
                        Loggers = NullLoggerFactory.Instance,
                    },
                    CancellationToken.None);
                return broker;
            }
            catch (IOException) when (attempt < 5)
            {
                // The port was taken between finding it and listening on it.
                await broker.DisposeAsync();
            }
        }
    }

    /// <summary>Publishes with QoS 1 and returns when the broker has acknowledged.</summary>
    public async Task PublishAsync(string topic, string payload)
    {
        var factory = new MqttClientFactory();
        using var client = factory.CreateMqttClient();
        var connected = await client.ConnectAsync(factory.CreateClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", Port).WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials("device", "key").Build());
        connected.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        var result = await client.PublishAsync(factory.CreateApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(Encoding.UTF8.GetBytes(payload)).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        result.IsSuccess.ShouldBeTrue();
        await client.DisconnectAsync();
    }

    public ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
        => ValueTask.FromResult(MqttAdmission.Admitted);

    public bool MayPublish(string userName, string topic) => true;

    public bool MaySubscribe(string userName, string topicFilter)
    {
        lock (_gate)
        {
            _subscribed.Add(topicFilter);
        }

        return userName == ServiceUser;
    }

    public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic, MqttRefusalKind kind) => null;

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
