using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>The topics that one client publishes to: their aliases, and whether it may (MQTT 5.0, section 3.3.2).</summary>
internal sealed class PublishTopics(BrokerCore core, Connection connection)
{
    /// <summary>How long an answer of the authorizer holds for a topic that is published to over and over.</summary>
    public const int PermissionMilliseconds = 1000;

    private TopicName?[]? _aliases;
    private TopicName? _lastAllowed;
    private long _lastAllowedAt;

    /// <summary>The topic of the packet, whose alias it is or becomes.</summary>
    /// <exception cref="MqttProtocolException">The alias is over the maximum, or was never set.</exception>
    public TopicName Resolve(PublishPacket packet)
    {
        if (packet.Properties?.TopicAlias is not { } alias)
        {
            return packet.Topic;
        }

        var maximum = core.State.Options.TopicAliasMaximum;
        if (alias > maximum)
        {
            throw new MqttProtocolException(MqttReasonCode.TopicAliasInvalid, "The topic alias is over the maximum.");
        }

        _aliases ??= new TopicName?[maximum + 1];
        if (packet.Topic.Utf8.Length > 0)
        {
            _aliases[alias] = packet.Topic;
        }

        return _aliases[alias] ?? throw MqttProtocolException.Protocol("The topic alias was never set on this connection.");
    }

    /// <summary>Success, or why the client may not publish to the topic.</summary>
    /// <param name="now">Milliseconds of Unix time.</param>
    public MqttReasonCode Check(TopicName topic, long now)
    {
        // Devices publish to the same topic over and over: it is not asked for each time.
        if (ReferenceEquals(topic, _lastAllowed) && now - _lastAllowedAt < PermissionMilliseconds)
        {
            return MqttReasonCode.Success;
        }

        if (!TopicLimits.AllowsName(topic.Value))
        {
            return MqttReasonCode.TopicNameInvalid;
        }

        // What begins with $ is the server's own (section 4.7.2).
        if (topic.Value.StartsWith('$') || !core.Authorizer.CanPublish(connection.Principal, topic.Value))
        {
            return MqttReasonCode.NotAuthorized;
        }

        _lastAllowed = topic;
        _lastAllowedAt = now;
        return MqttReasonCode.Success;
    }

    public void ForgetPermission() => _lastAllowed = null;
}
