using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Refuses features of version 5 on a connection of version 3, instead of dropping them unseen.</summary>
internal static class FeatureValidator
{
    public static void ThrowIfNotSupported(MqttClientOptions options)
    {
        if (options.ProtocolVersion == MqttProtocolVersion.V500)
        {
            if (options.TryPrivate)
            {
                throw new NotSupportedException("Feature TryPrivate only works with MQTT version 3.1 and 3.1.1.");
            }

            return;
        }

        Refuse(options.UserProperties is { Count: > 0 }, nameof(options.UserProperties));
        Refuse(options.RequestResponseInformation, nameof(options.RequestResponseInformation));
        Refuse(options.ReceiveMaximum > 0, nameof(options.ReceiveMaximum));
        Refuse(options.MaximumPacketSize > 0, nameof(options.MaximumPacketSize));
        Refuse(options.WillPayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified, nameof(options.WillPayloadFormatIndicator));
        Refuse(options.WillContentType is { Length: > 0 }, nameof(options.WillContentType));
        Refuse(options.WillCorrelationData is { Length: > 0 }, nameof(options.WillCorrelationData));
        Refuse(options.WillResponseTopic is { Length: > 0 }, nameof(options.WillResponseTopic));
        Refuse(options.WillDelayInterval > 0, nameof(options.WillDelayInterval));
        Refuse(options.WillMessageExpiryInterval > 0, nameof(options.WillMessageExpiryInterval));
        Refuse(options.WillUserProperties is { Count: > 0 }, nameof(options.WillUserProperties));
    }

    public static void ThrowIfNotSupported(MqttApplicationMessage message, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
        {
            return;
        }

        Refuse(message.ContentType is { Length: > 0 }, nameof(message.ContentType));
        Refuse(message.UserProperties is { Count: > 0 }, nameof(message.UserProperties));
        Refuse(message.CorrelationData is { Length: > 0 }, nameof(message.CorrelationData));
        Refuse(message.ResponseTopic is { Length: > 0 }, nameof(message.ResponseTopic));
        Refuse(message.SubscriptionIdentifiers is { Count: > 0 }, nameof(message.SubscriptionIdentifiers));
        Refuse(message.TopicAlias > 0, nameof(message.TopicAlias));
        Refuse(message.PayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified, nameof(message.PayloadFormatIndicator));
    }

    public static void ThrowIfNotSupported(MqttClientSubscribeOptions options, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
        {
            return;
        }

        Refuse(options.UserProperties is { Count: > 0 }, nameof(options.UserProperties));
        Refuse(options.SubscriptionIdentifier > 0, nameof(options.SubscriptionIdentifier));
        foreach (var filter in options.TopicFilters)
        {
            Refuse(filter.NoLocal, nameof(filter.NoLocal));
            Refuse(filter.RetainAsPublished, nameof(filter.RetainAsPublished));
            Refuse(filter.RetainHandling != MqttRetainHandling.SendAtSubscribe, nameof(filter.RetainHandling));
        }
    }

    private static void Refuse(bool used, string feature)
    {
        if (used)
        {
            throw new NotSupportedException($"Feature {feature} requires MQTT version 5.0.0.");
        }
    }
}
