using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace SmartCity.Telemetry.Tests.Ingest;

/// <summary>The connection of a Sparkplug node, or of any device that sends bytes.</summary>
internal sealed class SparkplugNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<(string Topic, byte[] Payload)> _commands = Channel.CreateUnbounded<(string, byte[])>();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    private SparkplugNode() => _client.ApplicationMessageReceivedAsync += message =>
    {
        _commands.Writer.TryWrite((message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray()));
        return Task.CompletedTask;
    };

    /// <summary>Commands that nobody has taken.</summary>
    public int Waiting => _commands.Reader.Count;

    public static async Task<SparkplugNode> ConnectAsync(TelemetryApp app)
    {
        var node = new SparkplugNode();
        var connected = await node._client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", app.MqttPort).WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials("device", "key").Build());
        connected.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        return node;
    }

    /// <summary>Subscribes to the node's own commands.</summary>
    public Task ListenAsync() => _client.SubscribeAsync(new MqttClientFactory().CreateSubscribeOptionsBuilder()
        .WithTopicFilter($"spBv1.0/{TelemetryApp.Town}/NCMD/{TelemetryApp.Device}/#", MqttQualityOfServiceLevel.AtLeastOnce).Build());

    public Task SendAsync(string messageType, byte[] payload) => PublishAsync($"spBv1.0/{TelemetryApp.Town}/{messageType}/{TelemetryApp.Device}", payload);

    /// <summary>Publishes with QoS 1, so that it is with the broker afterwards.</summary>
    public async Task PublishAsync(string topic, byte[] payload)
    {
        var result = await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        result.IsSuccess.ShouldBeTrue();
    }

    public async Task<(string Topic, byte[] Payload)> NextCommandAsync() => await _commands.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }
}
