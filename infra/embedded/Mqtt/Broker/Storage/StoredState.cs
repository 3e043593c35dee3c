using System.Buffers;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Storage;

/// <summary>Rebuilds sessions and retained messages from the journal's records.</summary>
internal sealed class StoredState(SessionLimits limits, RetainedMessages retained)
{
    private readonly Dictionary<uint, (Session Session, SortedDictionary<long, Delivery> Deliveries)> _sessions = [];
    private readonly Dictionary<string, uint> _keys = new(StringComparer.Ordinal);

    public long LastMessageId { get; private set; }

    public uint LastSessionKey { get; private set; }

    public IEnumerable<Session> Sessions => _sessions.Values.Select(entry => entry.Session);

    public void Apply(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        var type = (RecordType)reader.Byte();
        var key = reader.UInt32();
        switch (type)
        {
            case RecordType.Session:
                ReadSession(key, ref reader);
                break;
            case RecordType.SessionRemoved:
                Remove(key);
                break;
            case RecordType.Message:
                ReadMessage(ref reader);
                break;
            case RecordType.Retained:
                retained.Set(ReadMessageBody(ref reader));
                break;
            default:
                if (_sessions.TryGetValue(key, out var entry))
                {
                    Apply(type, entry.Session, entry.Deliveries, ref reader);
                }

                break;
        }
    }

    /// <summary>Puts the messages into the sessions' queues and returns how many bytes they are.</summary>
    public long FinishReplay()
    {
        var messages = new HashSet<Message>(ReferenceEqualityComparer.Instance);
        foreach (var (session, deliveries) in _sessions.Values)
        {
            foreach (var delivery in deliveries.Values)
            {
                messages.Add(delivery.Message);
                if (delivery.State == DeliveryState.Waiting)
                {
                    session.Enqueue(delivery);
                }
                else
                {
                    session.Restore(delivery);
                }
            }
        }

        return messages.Sum(message => (long)message.SizeBytes);
    }

    private void ReadSession(uint key, ref RecordReader reader)
    {
        var expiry = reader.UInt32();
        var disconnectedAt = reader.Int64();
        var clientId = reader.Text();
        var userName = reader.OptionalText();
        LastSessionKey = Math.Max(LastSessionKey, key);
        if (!_sessions.TryGetValue(key, out var entry))
        {
            // A client has one session, its newest; the end of the one before may have been lost by a disk that was full.
            if (_keys.TryGetValue(clientId, out var other))
            {
                if (other > key)
                {
                    return;
                }

                Remove(other);
            }

            _keys[clientId] = key;
            entry = (new Session(key, clientId, userName, limits) { IsInStore = true }, []);
            _sessions.Add(key, entry);
        }

        entry.Session.ExpirySeconds = expiry;
        entry.Session.DisconnectedAt = disconnectedAt;
    }

    private void Remove(uint key)
    {
        if (_sessions.Remove(key, out var entry))
        {
            foreach (var delivery in entry.Deliveries.Values)
            {
                delivery.Message.StoredFor--;
            }
        }
    }

    private void ReadMessage(ref RecordReader reader)
    {
        var message = ReadMessageBody(ref reader);
        LastMessageId = Math.Max(LastMessageId, message.StoredId);
        for (var count = reader.UInt32(); count > 0; count--)
        {
            var key = reader.UInt32();
            var flags = reader.Byte();
            var identifiers = reader.Identifiers();
            var sharedFilter = (flags & 8) == 0 ? null : reader.Text();
            if (_sessions.TryGetValue(key, out var entry))
            {
                message.StoredFor++;
                entry.Deliveries[message.StoredId] = new Delivery
                {
                    Message = message,
                    QualityOfService = (byte)(flags & 3),
                    Retain = (flags & 4) != 0,
                    Identifiers = identifiers,
                    SharedFilter = sharedFilter,
                    IsStored = true,
                };
            }
        }
    }

    private static Message ReadMessageBody(ref RecordReader reader)
    {
        var id = reader.Int64();
        var flags = reader.Byte();
        var expiresAt = reader.Int64();
        var topic = reader.Bytes();
        return new Message
        {
            StoredId = id,
            QualityOfService = (byte)(flags & 3),
            Retain = (flags & 4) != 0,
            ExpiresAt = expiresAt,
            Topic = new TopicName(System.Text.Encoding.UTF8.GetString(topic), topic),
            Content = reader.Bytes(),
            Payload = reader.Bytes(),
        };
    }

    private static void Apply(RecordType type, Session session, SortedDictionary<long, Delivery> deliveries, ref RecordReader reader)
    {
        switch (type)
        {
            case RecordType.Subscribed:
                var subscription = ReadSubscription(session, ref reader);
                session.Subscriptions[subscription.Filter] = subscription;
                break;
            case RecordType.Unsubscribed:
                session.Subscriptions.Remove(reader.Text());
                break;
            case RecordType.Done:
                if (deliveries.Remove(reader.Int64(), out var done))
                {
                    done.Message.StoredFor--;
                }

                break;
            case RecordType.Sent:
                if (deliveries.TryGetValue(reader.Int64(), out var sent))
                {
                    sent.State = DeliveryState.Sent;
                    sent.PacketIdentifier = reader.UInt16();
                }

                break;
            case RecordType.Released:
                if (deliveries.TryGetValue(reader.Int64(), out var released))
                {
                    released.State = DeliveryState.Released;
                }

                break;
            case RecordType.Will:
                session.StoredWill = ReadWill(ref reader);
                break;
            case RecordType.Received:
                session.ReceivedExactlyOnce.Add(reader.UInt16());
                break;
            case RecordType.ReceivedReleased:
                session.ReceivedExactlyOnce.Remove(reader.UInt16());
                break;
        }
    }

    private static WillMessage? ReadWill(ref RecordReader reader)
    {
        var topic = reader.Text();
        if (topic.Length == 0)
        {
            return null;
        }

        var flags = reader.Byte();
        return new WillMessage
        {
            Topic = topic,
            QualityOfService = (byte)(flags & 3),
            Retain = (flags & 4) != 0,
            Payload = reader.Bytes(),
            Properties = PropertyReader.Read(new ReadOnlySequence<byte>(reader.Bytes()), PropertyId.Will),
        };
    }

    private static Subscription ReadSubscription(Session session, ref RecordReader reader)
    {
        var filter = reader.Text();
        var options = reader.Byte();
        return new Subscription(session, filter)
        {
            QualityOfService = (byte)(options & 3),
            NoLocal = (options & 4) != 0,
            RetainAsPublished = (options & 8) != 0,
            RetainHandling = (MqttRetainHandling)(options >> 4),
            Identifiers = reader.Identifiers(),
        };
    }
}
