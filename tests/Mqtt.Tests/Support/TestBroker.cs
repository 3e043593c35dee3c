using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Formatter;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>A broker on a port of its own with a data directory of its own, and clients of it.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<IMqttClient> _clients = [];
    private readonly List<RawClient> _rawClients = [];
    private MqttBroker _broker = null!;

    private TestBroker(TemporaryDirectory directory) => Directory = directory;

    public TemporaryDirectory Directory { get; }

    public MqttBroker Broker => _broker;

    public int Port => _broker.EndPoint.Port;

    public TestRules Rules { get; } = new();

    public ConcurrentQueue<MqttRefusal> Refusals { get; } = new();

    public static async Task<TestBroker> StartAsync(
        Func<MqttBrokerOptions, MqttBrokerOptions>? configure = null, TimeProvider? clock = null, TemporaryDirectory? directory = null)
    {
        var test = new TestBroker(directory ?? new TemporaryDirectory());
        await test.StartBrokerAsync(configure, clock);
        return test;
    }

    /// <summary>Stops the broker and starts another one with the same data.</summary>
    public async Task RestartAsync(Func<MqttBrokerOptions, MqttBrokerOptions>? configure = null, TimeProvider? clock = null)
    {
        await _broker.DisposeAsync();
        await StartBrokerAsync(configure, clock);
    }

    /// <summary>Another broker with what is on the disk now: what would be there after a kill.</summary>
    public Task<TestBroker> StartFromCopyAsync(Func<MqttBrokerOptions, MqttBrokerOptions>? configure = null, TimeProvider? clock = null)
        => StartAsync(configure, clock, Directory.CopyOfJournal());

    public async Task<IMqttClient> ConnectAsync(
        string clientId, Inbox? inbox = null, Action<MqttClientOptionsBuilder>? configure = null, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = NewClient();
        inbox?.Listen(client);
        var result = await client.ConnectAsync(Options(clientId, version, configure)).WaitAsync(Patience);
        result.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        return client;
    }

    public IMqttClient NewClient()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _clients.Add(client);
        return client;
    }

    public MqttClientOptions Options(
        string clientId, MqttProtocolVersion version = MqttProtocolVersion.V500, Action<MqttClientOptionsBuilder>? configure = null)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", Port).WithClientId(clientId).WithProtocolVersion(version).WithTimeout(Patience);
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>A client that speaks single packets, for what a well-behaved client never does.</summary>
    public async Task<RawClient> ConnectRawAsync(ConnectPacket? connect = null)
    {
        var client = await RawClient.OpenAsync(Port);
        _rawClients.Add(client);
        if (connect is not null)
        {
            client.Version = connect.Version;
            await client.SendAsync(connect);
        }

        return client;
    }

    /// <summary>Waits until the broker's figures say something; for what no client can see.</summary>
    public async Task WhenAsync(Func<MqttBrokerStatistics, bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition(_broker.Statistics))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        _rawClients.ForEach(client => client.Dispose());
        await _broker.DisposeAsync();
        Directory.Dispose();
    }

    private async Task StartBrokerAsync(Func<MqttBrokerOptions, MqttBrokerOptions>? configure, TimeProvider? clock)
    {
        var options = new MqttBrokerOptions { DataDirectory = Directory.Path, Port = 0, FlushToDisk = false };
        _broker = new MqttBroker(configure?.Invoke(options) ?? options, Rules, Rules, clock) { OnRefused = Refusals.Enqueue };
        await _broker.StartAsync();
    }
}
