using System.Buffers;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>
/// The MQTT session that hears vehicles, and nothing but vehicles. It begins anew with each connection: positions that were missed
/// say nothing about now, and the telemetry service keeps all of them.
/// </summary>
internal sealed class VehicleSession(PositionLanes lanes, ITownDirectory towns, IOptions<VehicleMqttOptions> options, TimeProvider clock, ILogger<VehicleSession> log)
    : BackgroundService
{
    private const int FiltersAtOnce = 100;
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private readonly MqttClientFactory _factory = new();
    private readonly SemaphoreSlim _changed = new(0);
    private IMqttClient? _client;

    public bool IsWanted => options.Value.UserName.Length > 0;

    public bool IsConnected => Volatile.Read(ref _client)?.IsConnected == true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWanted)
        {
            log.NoVehicleSession();
            return;
        }

        using var _ = towns.OnChange(_ => _changed.Release());
        for (var failures = 1; !stoppingToken.IsCancellationRequested; failures++)
        {
            using var client = _factory.CreateMqttClient();
            var reason = "the connection was lost";
            try
            {
                await ConnectAsync(client, stoppingToken);
                Volatile.Write(ref _client, client);
                await FollowAsync(client, stoppingToken);
                failures = 0;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                reason = exception.Message;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The service stops.
                await client.TryDisconnectAsync();
                return;
            }

            var pause = Pauses.After(Math.Max(failures, 1));
            log.VehiclesNotFollowed(options.Value.Host, options.Value.Port, reason, pause.TotalSeconds);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        client.ApplicationMessageReceivedAsync += message =>
        {
            lanes.Add(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += _ =>
        {
            _changed.Release();
            return Task.CompletedTask;
        };
        var mqtt = options.Value;
        var result = await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer(mqtt.Host, mqtt.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(mqtt.ClientId)
            .WithCredentials(mqtt.UserName, mqtt.Password)
            .WithCleanStart(true)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .Build(), cancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new InvalidOperationException($"the broker answered {result.ResultCode} {result.ReasonString}");
        }
    }

    // Subscribes to what the registry says, and again after each of its changes, until the connection ends.
    private async Task FollowAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var followed = new HashSet<string>(StringComparer.Ordinal);
        while (client.IsConnected)
        {
            var wanted = VehicleTopics.Of(towns);
            var isNew = followed.Count == 0 || !wanted.SetEquals(followed);
            foreach (var filters in wanted.Except(followed).Chunk(FiltersAtOnce))
            {
                var subscribe = _factory.CreateSubscribeOptionsBuilder();
                foreach (var filter in filters)
                {
                    // Nothing is gained by waiting for a position: the next one is on its way.
                    subscribe.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtMostOnce);
                }

                await client.SubscribeAsync(subscribe.Build(), cancellationToken);
            }

            foreach (var filters in followed.Except(wanted).Chunk(FiltersAtOnce))
            {
                var unsubscribe = _factory.CreateUnsubscribeOptionsBuilder();
                foreach (var filter in filters)
                {
                    unsubscribe.WithTopicFilter(filter);
                }

                await client.UnsubscribeAsync(unsubscribe.Build(), cancellationToken);
            }

            if (isNew)
            {
                log.VehiclesFollowed(options.Value.ClientId, options.Value.Host, options.Value.Port, wanted.Count);
            }

            followed = wanted;
            await _changed.WaitAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }
}
