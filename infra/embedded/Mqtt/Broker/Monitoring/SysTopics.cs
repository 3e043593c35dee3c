using System.Globalization;
using System.Text;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Monitoring;

/// <summary>
/// Publishes the broker's figures under <c>$SYS/broker</c> with mosquitto's topic names, at QoS 0 and only when they
/// have changed. A new subscriber gets them all.
/// </summary>
internal sealed class SysTopics(BrokerState state, Router router)
{
    private const string Root = "$SYS/broker/";

    private static readonly string Version = $"SmartCity MQTT {typeof(SysTopics).Assembly.GetName().Version?.ToString(3)}";

    private readonly Dictionary<string, string> _published = new(StringComparer.Ordinal);
    private readonly LoadAverage[] _loads =
    [
        new("load/messages/received"), new("load/messages/sent"), new("load/publish/received"),
        new("load/publish/sent"), new("load/bytes/received"), new("load/bytes/sent"),
    ];

    private long _startedAt;
    private long _updatedAt;

    /// <summary>Publishes the first values.</summary>
    public void Start()
    {
        _startedAt = _updatedAt = state.Now;
        if (state.Options.SysInterval > TimeSpan.Zero)
        {
            Publish(TimeSpan.Zero);
        }
    }

    public void UpdateIfDue()
    {
        var elapsed = TimeSpan.FromMilliseconds(state.Now - _updatedAt);
        if (state.Options.SysInterval > TimeSpan.Zero && elapsed >= state.Options.SysInterval)
        {
            _updatedAt = state.Now;
            Publish(elapsed);
        }
    }

    private void Publish(TimeSpan elapsed)
    {
        var figures = state.Statistics();
        var traffic = state.Traffic();
        foreach (var (topic, value) in Figures(figures, traffic).Concat(Loads(figures, traffic, elapsed)))
        {
            if (_published.TryGetValue(topic, out var before) && string.Equals(before, value, StringComparison.Ordinal))
            {
                continue;
            }

            _published[topic] = value;
            var message = new Message
            {
                Topic = new TopicName(Root + topic),
                Payload = Encoding.UTF8.GetBytes(value),
                Retain = true,
                IsSystem = true,
            };
            lock (state.Gate)
            {
                router.Route(message, null);
            }
        }
    }

    private IEnumerable<(string Topic, string Value)> Figures(MqttBrokerStatistics figures, Traffic traffic)
    {
        yield return ("version", Version);
        yield return ("uptime", Text((state.Now - _startedAt) / 1000) + " seconds");
        yield return ("clients/connected", Text(state.ConnectedSessions));
        yield return ("clients/disconnected", Text(figures.Sessions - state.ConnectedSessions));
        yield return ("clients/total", Text(figures.Sessions));
        yield return ("clients/maximum", Text(state.MaximumConnectedSessions));
        yield return ("messages/received", Text(traffic.PacketsReceived));
        yield return ("messages/sent", Text(traffic.PacketsSent));
        yield return ("messages/stored", Text(figures.QueuedMessages + figures.RetainedMessages));
        yield return ("store/messages/count", Text(figures.QueuedMessages + figures.RetainedMessages));
        yield return ("store/messages/bytes", Text(figures.QueuedBytes + state.Retained.Bytes));
        yield return ("publish/messages/received", Text(figures.MessagesReceived));
        yield return ("publish/messages/sent", Text(figures.MessagesSent));
        yield return ("publish/messages/dropped", Text(figures.DroppedAtMostOnce + figures.DroppedOverQuota));
        yield return ("bytes/received", Text(traffic.BytesReceived));
        yield return ("bytes/sent", Text(traffic.BytesSent));
        yield return ("retained messages/count", Text(figures.RetainedMessages));
        yield return ("subscriptions/count", Text(figures.Subscriptions));
    }

    private IEnumerable<(string Topic, string Value)> Loads(MqttBrokerStatistics figures, Traffic traffic, TimeSpan elapsed)
    {
        long[] totals =
        [
            traffic.PacketsReceived, traffic.PacketsSent, figures.MessagesReceived, figures.MessagesSent, traffic.BytesReceived, traffic.BytesSent,
        ];
        return _loads.Zip(totals).SelectMany(pair => pair.First.Update(pair.Second, elapsed));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
