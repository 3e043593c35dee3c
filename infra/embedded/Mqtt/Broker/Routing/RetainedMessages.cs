using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Routing;

/// <summary>The newest retained message of each topic (MQTT 5.0, section 3.3.1.3), bounded by number and bytes.</summary>
internal sealed class RetainedMessages(int maximumMessages, long maximumBytes)
{
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);

    public int Count => _messages.Count;

    public long Bytes { get; private set; }

    public IEnumerable<Message> All => _messages.Values;

    /// <summary>Whether the message fits; one without a payload always does, as it removes.</summary>
    public bool HasRoomFor(Message message)
    {
        if (message.Payload.Length == 0)
        {
            return true;
        }

        var old = _messages.GetValueOrDefault(message.Topic.Value);
        return (old is not null || _messages.Count < maximumMessages)
            && Bytes - (old?.SizeBytes ?? 0) + message.SizeBytes <= maximumBytes;
    }

    /// <summary>Keeps the message in place of the one before, or removes that one when the payload is empty.</summary>
    public void Set(Message message)
    {
        Remove(message.Topic.Value);
        if (message.Payload.Length > 0)
        {
            _messages.Add(message.Topic.Value, message);
            Bytes += message.SizeBytes;
        }
    }

    public List<Message> Matching(string filter, long now)
    {
        if (filter.IndexOfAny(['+', '#']) < 0)
        {
            return _messages.TryGetValue(filter, out var exact) && !exact.HasExpired(now) ? [exact] : [];
        }

        return [.. _messages.Values.Where(message => !message.HasExpired(now) && TopicRules.Matches(filter, message.Topic.Value))];
    }

    /// <summary>Removes what has expired and returns the topics.</summary>
    public List<string> RemoveExpired(long now)
    {
        var expired = _messages.Values.Where(message => message.HasExpired(now)).Select(message => message.Topic.Value).ToList();
        expired.ForEach(Remove);
        return expired;
    }

    private void Remove(string topic)
    {
        if (_messages.Remove(topic, out var old))
        {
            Bytes -= old.SizeBytes;
        }
    }
}
