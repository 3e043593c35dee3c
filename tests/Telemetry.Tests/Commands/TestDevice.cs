using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>A real MQTT 5 client in the place of a device, with a session that the broker keeps.</summary>
internal sealed class TestDevice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<(MqttApplicationMessage Message, string Text)> _received = Channel.CreateUnbounded<(MqttApplicationMessage, string)>();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly string _root;

    private TestDevice(string town, string device)
    {
        _root = $"sc/v1/{town}/{device}/";
        _client.ApplicationMessageReceivedAsync += message =>
        {
            // The payload is only valid now.
            _received.Writer.TryWrite((message.ApplicationMessage, message.ApplicationMessage.ConvertPayloadToString() ?? ""));
            return Task.CompletedTask;
        };
    }

    /// <summary>Messages that nobody has taken.</summary>
    public int Waiting => _received.Reader.Count;

    public static async Task<TestDevice> ConnectAsync(TelemetryApp app, string device, string town = TelemetryApp.Town, bool listens = true)
    {
        var one = new TestDevice(town, device);
        var connected = await one._client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", app.MqttPort).WithProtocolVersion(MqttProtocolVersion.V500).WithClientId($"{town}-{device}")
            .WithCredentials($"{town}/{device}", "key").WithCleanStart(false).WithSessionExpiryInterval(3600).Build());
        connected.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        if (listens)
        {
            await one.ListenAsync("command");
            await one.ListenAsync("twin-desired");
        }

        return one;
    }

    /// <summary>Subscribes below the device's own topics.</summary>
    public async Task ListenAsync(string channel) => (await SubscribeAsync(_root + channel)).ShouldBe(MqttClientSubscribeResultCode.GrantedQoS1);

    public async Task<MqttClientSubscribeResultCode> SubscribeAsync(string filter)
        => (await _client.SubscribeAsync(new MqttClientFactory().CreateSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build()))
            .Items.Single().ResultCode;

    public async Task<(MqttApplicationMessage Message, string Text)> NextAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next message on a channel as JSON.</summary>
    public async Task<JsonObject> NextJsonAsync(string channel)
    {
        var (message, text) = await NextAsync();
        message.Topic.ShouldBe(_root + channel);
        return JsonNode.Parse(text)!.AsObject();
    }

    public Task<MqttClientPublishResult> PublishAsync(string topic, string payload) => PublishAsync(topic, Encoding.UTF8.GetBytes(payload));

    public async Task<MqttClientPublishResult> PublishAsync(string topic, byte[] payload)
        => await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    public async Task AnswerAsync(string commandId, string outcome = "done", string? message = null)
        => (await PublishAsync(_root + "command-result", new JsonObject { ["id"] = commandId, ["outcome"] = outcome, ["message"] = message }.ToJsonString())).IsSuccess.ShouldBeTrue();

    public async Task ReportAsync(string payload) => (await PublishAsync(_root + "twin-reported", payload)).IsSuccess.ShouldBeTrue();

    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }
}
