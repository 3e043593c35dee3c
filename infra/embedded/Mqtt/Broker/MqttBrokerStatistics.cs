namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>What a broker has done since it started, and holds now.</summary>
/// <param name="DroppedAtMostOnce">QoS 0 messages that a slow subscriber did not get.</param>
/// <param name="Refused">Connects, publishes and subscribes that were refused.</param>
/// <param name="JournalFailure">Why the newest write to the disk failed, or null: then nothing stored is acknowledged.</param>
/// <param name="Handshakes">Connections whose TLS or WebSocket handshake is not finished; not part of Connections.</param>
/// <param name="DroppedOverQuota">QoS 0 publishes that the publish gate had no room for.</param>
/// <param name="HeldBack">Publishes that the publish gate held back.</param>
/// <param name="WaitingForRoom">Publishers that wait now, since a session that is to get what they publish is full.</param>
public sealed record MqttBrokerStatistics(
    int Connections,
    int Sessions,
    int Subscriptions,
    int RetainedMessages,
    int QueuedMessages,
    long QueuedBytes,
    long MessagesReceived,
    long MessagesSent,
    long DroppedAtMostOnce,
    long Refused,
    long JournalBytes,
    string? JournalFailure,
    int Handshakes,
    long DroppedOverQuota = 0,
    long HeldBack = 0,
    int WaitingForRoom = 0);
