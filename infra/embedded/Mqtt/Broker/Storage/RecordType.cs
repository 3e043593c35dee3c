namespace SmartCity.Embedded.Mqtt.Broker.Storage;

/// <summary>The first byte of a record in the broker's journal. Numbers are for ever.</summary>
internal enum RecordType : byte
{
    Session = 1,
    SessionRemoved = 2,
    Subscribed = 3,
    Unsubscribed = 4,

    /// <summary>A message with all sessions that it waits for.</summary>
    Message = 5,

    /// <summary>A session has acknowledged a message, or it has expired there.</summary>
    Done = 6,

    /// <summary>A QoS 2 message got its packet identifier.</summary>
    Sent = 7,

    /// <summary>A QoS 2 message was received by its client (PUBREC).</summary>
    Released = 8,

    /// <summary>The retained message of a topic; without payload: there is none any more.</summary>
    Retained = 9,

    /// <summary>A QoS 2 identifier of a publishing client is taken.</summary>
    Received = 10,

    /// <summary>It is free again (PUBREL).</summary>
    ReceivedReleased = 11,

    /// <summary>The last will of a session; an empty topic means that there is none any more.</summary>
    Will = 12,
}
