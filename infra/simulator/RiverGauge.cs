using System.Globalization;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Contracts;

namespace SmartCity.Simulator;

/// <summary>
/// One river gauge: connects with its own key, says <c>online</c> on its status topic with <c>offline</c> as its
/// last will, and publishes its level with QoS 1. A reading that was not acknowledged is sent again first.
/// </summary>
internal sealed class RiverGauge(SimulatedDevice device, RiverModel river, SimulatorOptions options, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);
    private readonly MqttClientFactory _factory = new();
    private readonly string _telemetry = new MqttTopic(device.Municipality, device.Id, MqttTopic.Telemetry).ToString();
    private readonly string _status = new MqttTopic(device.Municipality, device.Id, MqttTopic.Status).ToString();
    private string? _unacknowledged;

    /// <summary>Runs until cancelled or, for a gauge that plays one flood only, until its wave has passed.</summary>
    public async Task RunAsync(bool untilWaveHasPassed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = _factory.CreateMqttClient();
                await ConnectAsync(client, cancellationToken);
                if (await PublishAsync(client, untilWaveHasPassed, cancellationToken))
                {
                    return;
                }
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
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .WithWillTopic(_status)
            .WithWillPayload("offline")
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build(), cancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new InvalidOperationException($"the broker answered {result.ResultCode} {result.ReasonString}");
        }

        await client.PublishStringAsync(_status, "online", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, cancellationToken);
    }

    private async Task<bool> PublishAsync(IMqttClient client, bool untilWaveHasPassed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            _unacknowledged ??= string.Create(CultureInfo.InvariantCulture,
                $"{{\"t\":\"{now:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"waterLevelMetres\":{river.NextLevelMetres(now):0.00}}}");
            var result = await client.PublishStringAsync(_telemetry, _unacknowledged, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: cancellationToken);
            if (result.IsSuccess)
            {
                _unacknowledged = null;
                if (untilWaveHasPassed && river.Wave is { } wave && now > wave.End)
                {
                    break;
                }
            }

            await Task.Delay(options.Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A clean goodbye sends no last will, so the gauge says itself that it goes.
        await client.PublishStringAsync(_status, "offline", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, CancellationToken.None);
        await client.DisconnectAsync(cancellationToken: CancellationToken.None);
        return true;
    }
}
