using System.Text.Json;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Telemetry.Ingest;

/// <summary>
/// The persistent MQTT session that takes in what devices publish. Messages are decoded here and acknowledged by
/// <see cref="BatchWriter"/> after the commit; the broker keeps everything else.
/// </summary>
internal sealed class MqttIngest(
    MessageReader reader, IngestLanes lanes, RefusalLog refusals, IOptions<MqttOptions> options, TimeProvider clock, ILogger<MqttIngest> log)
    : BackgroundService
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private readonly MqttClientFactory _factory = new();
    private IMqttClient? _client;

    public bool IsConnected => Volatile.Read(ref _client)?.IsConnected == true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            using var client = _factory.CreateMqttClient();
            var disconnected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            client.DisconnectedAsync += _ =>
            {
                disconnected.TrySetResult();
                return Task.CompletedTask;
            };
            client.ApplicationMessageReceivedAsync += message => TakeAsync(message, stoppingToken);
            var reason = await ConnectAsync(client, stoppingToken);
            if (reason is null)
            {
                failures = 0;
                Volatile.Write(ref _client, client);
                await disconnected.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                reason = "the connection was lost";
            }

            if (stoppingToken.IsCancellationRequested)
            {
                await client.TryDisconnectAsync();
                return;
            }

            var pause = Pauses.After(++failures);
            log.IngestNotConnected(options.Value.Host, options.Value.Port, reason, pause.TotalSeconds);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null when the session is up and subscribed, otherwise why it is not.</summary>
    private async Task<string?> ConnectAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var mqtt = options.Value;
        try
        {
            var result = await client.ConnectAsync(new MqttClientOptionsBuilder()
                .WithTcpServer(mqtt.Host, mqtt.Port)
                .WithProtocolVersion(MqttProtocolVersion.V500)
                .WithClientId(mqtt.ClientId)
                .WithCredentials(mqtt.UserName, mqtt.Password)
                .WithCleanStart(false)
                .WithSessionExpiryInterval(uint.MaxValue)
                .WithReceiveMaximum(mqtt.ReceiveMaximum)
                .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
                .Build(), cancellationToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                return $"the broker answered {result.ResultCode} {result.ReasonString}";
            }

            var filters = _factory.CreateSubscribeOptionsBuilder()
                .WithTopicFilter(MqttTopic.AllTelemetry, MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(MqttTopic.AllStatus, MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(MqttTopic.RefusedPrefix + "#", MqttQualityOfServiceLevel.AtMostOnce);
            foreach (var filter in SparkplugTopic.AllFromNodes)
            {
                filters.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);
            }

            await client.SubscribeAsync(filters.Build(), cancellationToken);
            log.IngestConnected(mqtt.ClientId, mqtt.Host, mqtt.Port, result.IsSessionPresent);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs message, CancellationToken stoppingToken)
    {
        message.AutoAcknowledge = false;
        IngestItem? item = null;
        try
        {
            var application = message.ApplicationMessage;
            item = reader.Read(application.Topic, application.Payload, application.ContentType, message.AcknowledgeAsync, out var stray);
            if (item is null)
            {
                refusals.Add(stray.Municipality, stray.Device, stray.Fault);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // A poison message would come back for ever; its fault is in the log and the counters.
            log.MessageNotRead(exception, message.ApplicationMessage.Topic);
        }

        if (item is null)
        {
            await message.AcknowledgeAsync(stoppingToken);
        }
        else
        {
            await lanes.WriteAsync(item, stoppingToken);
        }
    }
}
