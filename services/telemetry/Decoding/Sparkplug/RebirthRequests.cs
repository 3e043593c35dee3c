using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Decoding.Sparkplug;

/// <summary>
/// Asks nodes for their birth certificates (Sparkplug 3.0 section 5.9), over a connection of its own, so that reading
/// never waits for it. A request that is lost is made again: the node's next data still lack their birth.
/// </summary>
internal sealed class RebirthRequests(IOptions<MqttOptions> options, TimeProvider clock, ILogger<RebirthRequests> log) : BackgroundService
{
    /// <summary>Beyond this, requests are dropped.</summary>
    private const int MostWaiting = 1_000;

    private const string Rebirth = "Node Control/Rebirth";
    private const uint Boolean = 11;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly MqttClientFactory _factory = new();
    private readonly Channel<SparkplugTopic> _waiting = Channel.CreateBounded<SparkplugTopic>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ask(string municipality, string device)
        => _waiting.Writer.TryWrite(new SparkplugTopic(municipality, SparkplugTopic.NodeCommand, device));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = _factory.CreateMqttClient();
        try
        {
            await foreach (var topic in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await SendAsync(client, topic, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await client.TryDisconnectAsync();
        }
    }

    private async Task SendAsync(IMqttClient client, SparkplugTopic topic, CancellationToken cancellationToken)
    {
        try
        {
            if (!client.IsConnected)
            {
                await ConnectAsync(client, cancellationToken);
            }

            // QoS 0 and not retained, as the specification asks of commands (section 6.4.28).
            await client.PublishAsync(new MqttApplicationMessageBuilder()
                .WithTopic(topic.ToString())
                .WithPayload(Request(clock.GetUtcNow()).ToByteArray())
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce)
                .Build(), cancellationToken);
            log.RebirthRequested(topic.Municipality, topic.Device);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.RebirthNotRequested(exception, topic.Municipality, topic.Device);
        }
    }

    private async Task ConnectAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var mqtt = options.Value;
        var result = await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer(mqtt.Host, mqtt.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(mqtt.ClientId + "-rebirth")
            .WithCredentials(mqtt.UserName, mqtt.Password)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .WithTimeout(Patience)
            .Build(), cancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new InvalidOperationException($"The broker answered {result.ResultCode} {result.ReasonString}");
        }
    }

    private static SparkplugPayload Request(DateTimeOffset now)
    {
        var milliseconds = (ulong)now.ToUnixTimeMilliseconds();
        var metric = new SparkplugMetric { Name = Rebirth, Timestamp = milliseconds, Datatype = Boolean, BooleanValue = true };
        return new SparkplugPayload { Timestamp = milliseconds, Metrics = { metric } };
    }
}
