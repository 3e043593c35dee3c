using Microsoft.Extensions.Logging;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Broker.Storage;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>
/// What all parts of one running broker share. <see cref="Gate"/> guards sessions, subscriptions, retained messages and
/// the journal's order; nothing is awaited under it.
/// </summary>
internal sealed class BrokerState(MqttBrokerOptions options, TimeProvider timeProvider, ILogger logger, Action<MqttRefusal> refused)
{
    public Lock Gate { get; } = new();

    public MqttBrokerOptions Options { get; } = options;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public ILogger Logger { get; } = logger;

    public SessionLimits Limits { get; } = new(options.MaximumQueuedMessagesPerSession, options.MaximumQueuedBytesPerSession);

    public Dictionary<string, Session> Sessions { get; } = new(StringComparer.Ordinal);

    public HashSet<Connection> Connections { get; } = [];

    /// <summary>Connections that are not yet in <see cref="Connections"/>.</summary>
    public int Handshakes { get; set; }

    public TopicTree Topics { get; } = new();

    public RetainedMessages Retained { get; } = new(options.MaximumRetainedMessages, options.MaximumRetainedBytes);

    public SessionStore Store { get; set; } = null!;

    public uint LastSessionKey { get; set; }

    public long MessagesReceived;

    public long MessagesSent;

    public long DroppedAtMostOnce;

    public long RefusedCount;

    /// <summary>Milliseconds of Unix time.</summary>
    public long Now => TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Counts a refusal and tells the host; never called under the gate.</summary>
    public void Refuse(string? userName, string clientId, MqttReasonCode reason, string? topic, string text)
    {
        Interlocked.Increment(ref RefusedCount);
        Log.Refused(Logger, clientId, userName, (byte)reason, topic, text);
        refused(new MqttRefusal(userName, clientId, reason, topic, text));
    }

    public MqttBrokerStatistics Statistics()
    {
        lock (Gate)
        {
            return new MqttBrokerStatistics(
                Connections.Count, Sessions.Count, Topics.Count, Retained.Count,
                Sessions.Values.Sum(session => session.QueuedMessages), Sessions.Values.Sum(session => session.QueuedBytes),
                Interlocked.Read(ref MessagesReceived), Interlocked.Read(ref MessagesSent), Interlocked.Read(ref DroppedAtMostOnce),
                Interlocked.Read(ref RefusedCount), Store.SizeBytes, Store.LastFailure?.Message, Handshakes);
        }
    }
}
