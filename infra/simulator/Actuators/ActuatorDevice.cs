using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;

namespace SmartCity.Simulator.Actuators;

/// <summary>
/// One sluice gate, sign or siren: keeps a session at the broker, so that commands wait for it, does each command once however
/// often it comes, answers every time, and reports its state when that changes.
/// </summary>
internal sealed class ActuatorDevice(SimulatedDevice device, Actuator actuator, SimulatorOptions options, TimeProvider clock, ILogger log)
{
    private const uint SessionSeconds = 3600;
    private const int MostRemembered = 200;
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(0.5);
    private readonly MqttClientFactory _factory = new();
    private readonly Channel<(string Topic, string? Text)> _received = Channel.CreateUnbounded<(string, string?)>();

    /// <summary>Commands that came, with how they ended; null while under way.</summary>
    private readonly OrderedDictionary<string, Outcome?> _known = new(StringComparer.Ordinal);
    private string? _reported;
    private long? _version;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = _factory.CreateMqttClient();
                client.ApplicationMessageReceivedAsync += message =>
                {
                    // The payload is only valid now.
                    _received.Writer.TryWrite((message.ApplicationMessage.Topic, message.ApplicationMessage.ConvertPayloadToString()));
                    return Task.CompletedTask;
                };
                await ConnectAsync(client, cancellationToken);
                await WorkAsync(client, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                log.GaugeDisconnected(device.Id, exception.Message);
                await Task.Delay(ReconnectPause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ConnectAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var result = await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer(options.MqttHost, options.MqttPort)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId("simulator-" + device.UserName)
            .WithCredentials(device.UserName, device.Password)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(SessionSeconds)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .WithWillTopic(TopicOf(MqttTopic.Status))
            .WithWillPayload("offline")
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build(), cancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new InvalidOperationException($"the broker answered {result.ResultCode} {result.ReasonString}");
        }

        await client.SubscribeAsync(_factory.CreateSubscribeOptionsBuilder()
            .WithTopicFilter(TopicOf(MqttTopic.Command), MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(TopicOf(MqttTopic.TwinDesired), MqttQualityOfServiceLevel.AtLeastOnce)
            .Build(), cancellationToken);
        await client.PublishStringAsync(TopicOf(MqttTopic.Status), "online", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, cancellationToken);
        _reported = null;
    }

    private async Task WorkAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        while (client.IsConnected)
        {
            while (_received.Reader.TryRead(out var message))
            {
                await TakeAsync(client, message.Topic, message.Text, cancellationToken);
            }

            foreach (var (id, outcome) in actuator.Advance(clock.GetUtcNow()))
            {
                _known[id] = outcome;
                await AnswerAsync(client, id, outcome, cancellationToken);
            }

            await ReportAsync(client, cancellationToken);
            using var tick = new CancellationTokenSource(actuator.IsBusy ? WhenBusy : options.Interval, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, cancellationToken);
            Task waiting = _received.Reader.WaitToReadAsync(either.Token).AsTask();
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                await client.PublishStringAsync(TopicOf(MqttTopic.Status), "offline", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, CancellationToken.None);
                await client.DisconnectAsync(cancellationToken: CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("the connection was lost");
    }

    private async Task TakeAsync(IMqttClient client, string topic, string? text, CancellationToken cancellationToken)
    {
        if (text is null || JsonNode.Parse(text) is not JsonObject fields)
        {
            return;
        }

        if (topic == TopicOf(MqttTopic.TwinDesired))
        {
            _version = (long?)fields["version"];
            actuator.Wish(fields["state"] as JsonObject ?? []);
            return;
        }

        var id = (string?)fields["id"] ?? "";
        if (!_known.TryGetValue(id, out var outcome))
        {
            outcome = (DateTimeOffset?)fields["expiresAt"] <= clock.GetUtcNow()
                ? new Outcome(false, "The command came too late.")
                : actuator.Do(id, (string?)fields["name"] ?? "", fields["arguments"] as JsonObject ?? [], clock.GetUtcNow());
            if (_known.Count >= MostRemembered)
            {
                _known.RemoveAt(0);
            }

            _known[id] = outcome;
        }

        if (outcome is not null)
        {
            await AnswerAsync(client, id, outcome, cancellationToken);
        }
    }

    private Task AnswerAsync(IMqttClient client, string id, Outcome outcome, CancellationToken cancellationToken)
        => PublishAsync(client, MqttTopic.CommandResult, new JsonObject { ["id"] = id, ["outcome"] = outcome.IsDone ? "done" : "failed", ["message"] = outcome.Message }, cancellationToken);

    private async Task ReportAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var report = new JsonObject { ["version"] = _version, ["state"] = actuator.State() };
        var text = report.ToJsonString();
        if (text != _reported)
        {
            report["t"] = JsonSerializer.SerializeToNode(clock.GetUtcNow());
            await PublishAsync(client, MqttTopic.TwinReported, report, cancellationToken);
            _reported = text;
        }
    }

    private Task PublishAsync(IMqttClient client, string channel, JsonObject payload, CancellationToken cancellationToken)
        => client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(TopicOf(channel))
            .WithPayload(Encoding.UTF8.GetBytes(payload.ToJsonString(CityJson.Options)))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build(), cancellationToken);

    private string TopicOf(string channel) => new MqttTopic(device.Municipality, device.Id, channel).ToString();
}
