using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Routing;

/// <summary>One filter of one session with its options (MQTT 5.0, section 3.8.3.1).</summary>
internal sealed class Subscription
{
    public Subscription(Session session, string filter)
    {
        Session = session;
        Filter = filter;
        TopicFilter = TopicRules.SplitShare(filter, out var group);
        Group = group;
    }

    public Session Session { get; }

    /// <summary>As the client wrote it, with <c>$share/group/</c> if it has one.</summary>
    public string Filter { get; }

    public string TopicFilter { get; }

    public string? Group { get; }

    public byte QualityOfService { get; init; }

    public bool NoLocal { get; init; }

    public bool RetainAsPublished { get; init; }

    public MqttRetainHandling RetainHandling { get; init; }

    /// <summary>The subscription identifier as a list of one, ready to be sent; null for none.</summary>
    public List<uint>? Identifiers { get; init; }
}

/// <summary>The members of a shared subscription: each message goes to one of them (section 4.8.2).</summary>
internal sealed class SharedGroup(string name)
{
    private int _next;

    public string Name { get; } = name;

    public List<Subscription> Members { get; } = [];

    /// <summary>
    /// The next member in turn. One that is connected and can take the message at once comes first, then one that is
    /// connected, then one that will be back.
    /// </summary>
    public Subscription Pick(int sizeBytes)
    {
        Subscription? best = null;
        var bestRank = -1;
        for (var step = 0; step < Members.Count; step++)
        {
            var member = Members[(_next + step) % Members.Count];
            var rank = member.Session.RankFor(sizeBytes);
            if (rank > bestRank)
            {
                (best, bestRank) = (member, rank);
            }
        }

        _next = (_next + 1) % Members.Count;
        return best ?? Members[0];
    }
}
