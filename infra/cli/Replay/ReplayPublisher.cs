using System.Globalization;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;

namespace SmartCity.Cli.Replay;

/// <summary>
/// Sends messages with QoS 1, each over its own device's connection. After a break it is started again with the same
/// <c>--begin</c>: what was stored is recognised by device, metric and time, so sending it twice stores it once.
/// </summary>
internal sealed class ReplayPublisher(Session session, Uri broker, ReplayOrder order, DateTimeOffset begin) : IAsyncDisposable
{
    /// <summary>Messages on their way without an acknowledgement.</summary>
    private const int MostUnacknowledged = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly MqttClientFactory _factory = new();
    private readonly Dictionary<string, IMqttClient> _clients = new(StringComparer.Ordinal);
    private int _done = order.Skip;

    private TimeProvider Clock => session.Surroundings.Clock;

    /// <returns>Messages that the broker took.</returns>
    public async Task<int> SendAsync(IReadOnlyList<ReplayMessage> messages, DateTimeOffset first, CancellationToken cancellationToken)
    {
        var tenth = Math.Max(1, messages.Count / 10);
        var told = _done / tenth;
        while (_done < messages.Count)
        {
            var part = new List<Task>();
            while (_done + part.Count < messages.Count && part.Count < MostUnacknowledged)
            {
                var message = messages[_done + part.Count];
                var date = order.DateOf(message.At, first, begin);
                if (order.IsPaced && date - Clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
                {
                    if (part.Count > 0)
                    {
                        break;
                    }

                    await Task.Delay(wait, Clock, cancellationToken);
                }

                part.Add(PublishAsync(await ClientOfAsync(message, cancellationToken), message, date, cancellationToken));
            }

            await Task.WhenAll(part);
            _done += part.Count;
            if (_done / tenth > told)
            {
                told = _done / tenth;
                session.Terminal.Say(Terminal.Text(session.Words["replay.progress", _done, messages.Count]));
            }
        }

        return Math.Max(0, _done - order.Skip);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            if (client.IsConnected)
            {
                await client.DisconnectAsync(cancellationToken: CancellationToken.None);
            }

            client.Dispose();
        }
    }

    private async Task PublishAsync(IMqttClient client, ReplayMessage message, DateTimeOffset date, CancellationToken cancellationToken)
    {
        var payload = new JsonObject { ["t"] = date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) };
        foreach (var (metric, value) in message.Values)
        {
            payload[metric] = value;
        }

        try
        {
            var result = await client.PublishStringAsync(
                $"sc/v1/{message.UserName}/{MqttTopic.Telemetry}", payload.ToJsonString(CityJson.Options), MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: cancellationToken);
            if (!result.IsSuccess)
            {
                throw new CommandException(ExitCodes.Refused, session.Words["replay.refused", message.UserName, $"{result.ReasonCode} {result.ReasonString}".TrimEnd(), _done]);
            }
        }
        catch (Exception exception) when (exception is not (CommandException or OperationCanceledException))
        {
            throw new CommandException(ExitCodes.Unreachable, session.Words["replay.broken", broker.Authority, exception.Message, _done], exception);
        }
    }

    private async Task<IMqttClient> ClientOfAsync(ReplayMessage message, CancellationToken cancellationToken)
    {
        if (_clients.TryGetValue(message.UserName, out var known))
        {
            return known;
        }

        var client = _factory.CreateMqttClient();
        _clients[message.UserName] = client;
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port > 0 ? broker.Port : broker.Scheme == "mqtts" ? 8883 : 1883)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId("replay-" + message.UserName)
            .WithCredentials(message.UserName, message.Key)
            .WithTimeout(Patience);
        if (broker.Scheme == "mqtts")
        {
            options = options.WithTlsOptions(tls => tls.UseTls());
        }

        MqttClientConnectResult result;
        try
        {
            result = await client.ConnectAsync(options.Build(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CommandException(ExitCodes.Unreachable, session.Words["replay.broken", broker.Authority, exception.Message, _done], exception);
        }

        return result.ResultCode == MqttClientConnectResultCode.Success ? client
            : throw new CommandException(ExitCodes.Refused, session.Words["replay.notAdmitted", message.UserName, $"{result.ResultCode} {result.ReasonString}".TrimEnd(), order.KeyFile]);
    }
}
