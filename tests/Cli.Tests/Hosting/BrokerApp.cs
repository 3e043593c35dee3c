using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Engine;

namespace SmartCity.Cli.Tests.Hosting;

/// <summary>A broker on a port of its own, and everything that devices publish to it.</summary>
internal sealed class BrokerApp : IAsyncDisposable
{
    private readonly IStandaloneBroker _broker;
    private readonly IMqttClient _client;
    private readonly string _directory;
    private readonly ConcurrentQueue<(string Topic, string Payload)> _received = new();

    private BrokerApp(IStandaloneBroker broker, IMqttClient client, string directory) => (_broker, _client, _directory) = (broker, client, directory);

    public string Address => _broker.Addresses[0];

    public IReadOnlyList<(string Topic, string Payload)> Received => [.. _received];

    /// <param name="userName">The only one that is let in; null for everybody.</param>
    public static async Task<BrokerApp> StartAsync(string? userName = null, string? password = null)
    {
        var directory = Directory.CreateTempSubdirectory("replay-broker-").FullName;
        var broker = await StandaloneBroker.StartAsync(
            new StandaloneBrokerOptions
            {
                DataDirectory = directory,
                Address = IPAddress.Loopback,
                Port = 0,
                UserName = userName,
                Password = password,
                Loggers = NullLoggerFactory.Instance,
            },
            CancellationToken.None);
        var factory = new MqttClientFactory();
        var client = factory.CreateMqttClient();
        var app = new BrokerApp(broker, client, directory);
        client.ApplicationMessageReceivedAsync += message =>
        {
            app._received.Enqueue((message.ApplicationMessage.Topic, Encoding.UTF8.GetString(message.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
        var port = new Uri(app.Address).Port;
        await client.ConnectAsync(factory.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("listener").WithCredentials(userName, password).Build());
        await client.SubscribeAsync(factory.CreateSubscribeOptionsBuilder().WithTopicFilter("sc/v1/#", MqttQualityOfServiceLevel.AtLeastOnce).Build());
        return app;
    }

    /// <summary>Waits until so many messages have come.</summary>
    public async Task<IReadOnlyList<(string Topic, string Payload)>> ReceiveAsync(int count)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_received.Count < count)
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return Received;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _broker.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
