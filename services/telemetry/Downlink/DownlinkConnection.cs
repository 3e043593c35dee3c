using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Downlink;

/// <summary>
/// The persistent MQTT session for commands, desired states and what devices answer. It is another than ingest's, so that
/// neither holds up the other.
/// </summary>
internal sealed class DownlinkConnection(IOptions<MqttOptions> options, TimeProvider clock, ILogger<DownlinkConnection> log)
{
    private const ushort ReceiveMaximum = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private readonly MqttClientFactory _factory = new();
    private IMqttClient? _client;
    private int _lostSessions;

    /// <summary>Name of the session at the broker.</summary>
    public string ClientId => options.Value.ClientId + "-downlink";

    /// <summary>How often the broker did not know the session, so that it may have lost more than that.</summary>
    public int LostSessions => Volatile.Read(ref _lostSessions);

    public bool IsConnected => Volatile.Read(ref _client)?.IsConnected == true;

    /// <summary>Connects, and connects again, until it is cancelled.</summary>
    /// <param name="take">Takes each message, and has it acknowledged when it is safe.</param>
    /// <param name="connected">Called after each connection.</param>
    public async Task RunAsync(Func<MqttApplicationMessageReceivedEventArgs, Task> take, Action connected, CancellationToken stoppingToken)
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
            client.ApplicationMessageReceivedAsync += take;
            var reason = await ConnectAsync(client, stoppingToken);
            if (reason is null)
            {
                failures = 0;
                Volatile.Write(ref _client, client);
                connected();
                await disconnected.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                reason = "the connection was lost";
            }

            if (stoppingToken.IsCancellationRequested)
            {
                await client.TryDisconnectAsync();
                return;
            }

            var pause = Pauses.After(++failures);
            log.DownlinkNotConnected(options.Value.Host, options.Value.Port, reason, pause.TotalSeconds);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Publishes, and returns when the broker has it.</summary>
    /// <exception cref="BrokerAwayException">There is no connection, or it ended before the broker said that it has the message.</exception>
    public async Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return Volatile.Read(ref _client) is { IsConnected: true } client
                ? await client.PublishAsync(message, cancellationToken)
                : throw new BrokerAwayException("The broker is not connected.");
        }
        catch (Exception exception) when (exception is not BrokerAwayException && (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
        {
            throw new BrokerAwayException("The broker did not take the message.", exception);
        }
    }

    /// <returns>Null, or why there is no connection.</returns>
    private async Task<string?> ConnectAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var mqtt = options.Value;
        try
        {
            var result = await client.ConnectAsync(new MqttClientOptionsBuilder()
                .WithTcpServer(mqtt.Host, mqtt.Port)
                .WithProtocolVersion(MqttProtocolVersion.V500)
                .WithClientId(ClientId)
                .WithCredentials(mqtt.UserName, mqtt.Password)
                .WithCleanStart(false)
                .WithSessionExpiryInterval(uint.MaxValue)
                .WithReceiveMaximum(ReceiveMaximum)
                .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
                .WithTimeout(Patience)
                .Build(), cancellationToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                return $"the broker answered {result.ResultCode} {result.ReasonString}";
            }

            var filters = _factory.CreateSubscribeOptionsBuilder();
            foreach (var filter in MqttTopic.AllAnswers)
            {
                filters.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);
            }

            await client.SubscribeAsync(filters.Build(), cancellationToken);
            log.DownlinkConnected(ClientId, mqtt.Host, mqtt.Port, result.IsSessionPresent);
            if (!result.IsSessionPresent)
            {
                Interlocked.Increment(ref _lostSessions);
            }

            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }
}
