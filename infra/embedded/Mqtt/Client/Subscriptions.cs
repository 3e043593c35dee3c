using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>Subscribing and unsubscribing: checks, request, result.</summary>
internal static class Subscriptions
{
    internal delegate Task<MqttPacket> Requester(
        Func<ClientConnection, CancellationToken, Task<MqttPacket>> request, CancellationToken cancellationToken);

    public static async Task<MqttClientSubscribeResult> SubscribeAsync(
        MqttClientSubscribeOptions options, MqttClientOptions clientOptions, Requester request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.TopicFilters.ForEach(filter => ThrowIfInvalid(filter.Topic));
        if (clientOptions is { ValidateFeatures: true })
        {
            FeatureValidator.ThrowIfNotSupported(options, clientOptions.ProtocolVersion);
        }

        var answer = (SubscriptionAckPacket)await request(
            (connection, token) => connection.RequestAsync(
                identifier => new SubscribePacket
                {
                    PacketIdentifier = identifier,
                    Filters = options.TopicFilters,
                    Properties = new MqttProperties
                    {
                        SubscriptionIdentifiers = options.SubscriptionIdentifier == 0 ? null : [options.SubscriptionIdentifier],
                        UserProperties = options.UserProperties,
                    },
                },
                token),
            cancellationToken);
        if (answer.ReasonCodes.Length != options.TopicFilters.Count)
        {
            throw new MqttProtocolViolationException("SUBACK does not have one reason code for each filter.");
        }

        var items = options.TopicFilters
            .Select((filter, index) => new MqttClientSubscribeResultItem(filter, (MqttClientSubscribeResultCode)answer.ReasonCodes[index]))
            .ToList();
        return new MqttClientSubscribeResult(answer.PacketIdentifier, items, answer.Properties?.ReasonString, PacketFactory.UserProperties(answer));
    }

    public static async Task<MqttClientUnsubscribeResult> UnsubscribeAsync(
        MqttClientUnsubscribeOptions options, Requester request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.TopicFilters.ForEach(ThrowIfInvalid);
        var answer = (SubscriptionAckPacket)await request(
            (connection, token) => connection.RequestAsync(
                identifier => new UnsubscribePacket
                {
                    PacketIdentifier = identifier,
                    Filters = options.TopicFilters,
                    Properties = options.UserProperties is null ? null : new MqttProperties { UserProperties = options.UserProperties },
                },
                token),
            cancellationToken);
        // Version 3 has no reason codes here: the acknowledgement itself is the success.
        var items = options.TopicFilters
            .Select((filter, index) => new MqttClientUnsubscribeResultItem(
                filter, index < answer.ReasonCodes.Length ? (MqttClientUnsubscribeResultCode)answer.ReasonCodes[index] : MqttClientUnsubscribeResultCode.Success))
            .ToList();
        return new MqttClientUnsubscribeResult(answer.PacketIdentifier, items, answer.Properties?.ReasonString, PacketFactory.UserProperties(answer));
    }

    private static void ThrowIfInvalid(string filter)
    {
        if (!TopicRules.IsValidFilter(filter))
        {
            throw new MqttProtocolViolationException($"The topic filter '{filter}' is not valid.");
        }
    }
}
