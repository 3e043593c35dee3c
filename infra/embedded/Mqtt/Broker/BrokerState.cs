using Microsoft.Extensions.Logging;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Monitoring;
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
    private Traffic _endedTraffic;
    private int _connectedSessions;

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

    /// <summary>What $SYS says now; neither counted nor stored with the clients' retained messages.</summary>
    public RetainedMessages System { get; } = new(1_000, 1024 * 1024);

    /// <summary>Sessions with a connection.</summary>
    public int ConnectedSessions => _connectedSessions;

    /// <summary>The clients are to come back: their last wills stay in the journal.</summary>
    public bool IsStopping { get; set; }

    public int MaximumConnectedSessions { get; private set; }

    public long MessagesSent;

    public long DroppedAtMostOnce;

    public long RefusedCount;

    public long DroppedOverQuota;

    public long HeldBack;

    /// <summary>Milliseconds of Unix time.</summary>
    public long Now => TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Counts a refusal and tells the host; never called under the gate.</summary>
    public void Refuse(string? userName, string clientId, MqttReasonCode reason, string? topic, string text)
    {
        Interlocked.Increment(ref RefusedCount);
        Log.Refused(Logger, clientId, userName, (byte)reason, topic, text);
        refused(new MqttRefusal(userName, clientId, reason, topic, text));
    }

    /// <summary>Takes a connection off the list and keeps what it has counted; false when it was off already. Called under the gate.</summary>
    public bool Forget(Connection connection)
    {
        var isFirst = Connections.Remove(connection);
        if (isFirst)
        {
            _endedTraffic += Monitoring.Traffic.Of(connection);
        }

        return isFirst;
    }

    /// <summary>Called under the gate when a session gets its connection.</summary>
    public void CountConnected()
    {
        _connectedSessions++;
        MaximumConnectedSessions = Math.Max(MaximumConnectedSessions, _connectedSessions);
    }

    public void CountDisconnected() => _connectedSessions--;

    public Traffic Traffic()
    {
        lock (Gate)
        {
            return Connections.Aggregate(_endedTraffic, (sum, connection) => sum + Monitoring.Traffic.Of(connection));
        }
    }

    public MqttBrokerStatistics Statistics()
    {
        lock (Gate)
        {
            return new MqttBrokerStatistics(
                Connections.Count, Sessions.Count, Topics.Count, Retained.Count,
                Sessions.Values.Sum(session => session.QueuedMessages), Sessions.Values.Sum(session => session.QueuedBytes),
                Traffic().PublishesReceived, MessagesSent, Interlocked.Read(ref DroppedAtMostOnce),
                Interlocked.Read(ref RefusedCount), Store.SizeBytes, Store.LastFailure?.Message, Handshakes,
                Interlocked.Read(ref DroppedOverQuota), Interlocked.Read(ref HeldBack), Sessions.Values.Sum(session => session.WaitingForRoom));
        }
    }
}
