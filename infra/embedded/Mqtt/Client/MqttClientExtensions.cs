using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Shorter forms of the members of <see cref="IMqttClient"/>.</summary>
public static class MqttClientExtensions
{
    public static Task DisconnectAsync(
        this IMqttClient client,
        MqttClientDisconnectOptionsReason reason = MqttClientDisconnectOptionsReason.NormalDisconnection,
        string? reasonString = null,
        uint sessionExpiryInterval = 0,
        List<MqttUserProperty>? userProperties = null,
        CancellationToken cancellationToken = default)
        => client.DisconnectAsync(
            new MqttClientDisconnectOptions
            {
                Reason = reason,
                ReasonString = reasonString,
                SessionExpiryInterval = sessionExpiryInterval,
                UserProperties = userProperties,
            },
            cancellationToken);

    public static Task<MqttClientPublishResult> PublishBinaryAsync(
        this IMqttClient mqttClient,
        string topic,
        IEnumerable<byte>? payload = null,
        MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
        => mqttClient.PublishSequenceAsync(
            topic, new ReadOnlySequence<byte>(payload as byte[] ?? payload?.ToArray() ?? []), qualityOfServiceLevel, retain, cancellationToken);

    public static Task<MqttClientPublishResult> PublishSequenceAsync(
        this IMqttClient mqttClient,
        string topic,
        ReadOnlySequence<byte> payload,
        MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
        => mqttClient.PublishAsync(
            new MqttApplicationMessage { Topic = topic, Payload = payload, QualityOfServiceLevel = qualityOfServiceLevel, Retain = retain },
            cancellationToken);

    public static Task<MqttClientPublishResult> PublishStringAsync(
        this IMqttClient mqttClient,
        string topic,
        string? payload = null,
        MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
        => mqttClient.PublishBinaryAsync(
            topic, payload is null ? null : System.Text.Encoding.UTF8.GetBytes(payload), qualityOfServiceLevel, retain, cancellationToken);

    /// <exception cref="InvalidOperationException">The client was never connected.</exception>
    public static Task ReconnectAsync(this IMqttClient client, CancellationToken cancellationToken = default)
        => client.Options is { } options
            ? client.ConnectAsync(options, cancellationToken)
            : throw new InvalidOperationException("The MQTT client was not connected before. A reconnect is only permitted when the client was already connected or at least tried to.");

    public static Task SendEnhancedAuthenticationExchangeDataAsync(this IMqttClient client, MqttEnhancedAuthenticationExchangeData data)
        => client.SendEnhancedAuthenticationExchangeDataAsync(data);

    public static Task<MqttClientSubscribeResult> SubscribeAsync(
        this IMqttClient mqttClient, MqttTopicFilter topicFilter, CancellationToken cancellationToken = default)
        => mqttClient.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topicFilter).Build(), cancellationToken);

    public static Task<MqttClientSubscribeResult> SubscribeAsync(
        this IMqttClient mqttClient,
        string topic,
        MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
        CancellationToken cancellationToken = default)
        => mqttClient.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topic, qualityOfServiceLevel).Build(), cancellationToken);

    /// <summary>Disconnects and tells by its result whether the server was told.</summary>
    public static async Task<bool> TryDisconnectAsync(
        this IMqttClient client,
        MqttClientDisconnectOptionsReason reason = MqttClientDisconnectOptionsReason.NormalDisconnection,
        string? reasonString = null)
    {
        try
        {
            await client.DisconnectAsync(reason, reasonString);
            return true;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return false;
        }
    }

    /// <summary>Pings and tells by its result whether the server answered.</summary>
    public static async Task<bool> TryPingAsync(this IMqttClient client, CancellationToken cancellationToken = default)
    {
        try
        {
            await client.PingAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return false;
        }
    }

    public static Task<MqttClientUnsubscribeResult> UnsubscribeAsync(
        this IMqttClient mqttClient, string topic, CancellationToken cancellationToken = default)
        => mqttClient.UnsubscribeAsync(new MqttClientUnsubscribeOptionsBuilder().WithTopicFilter(topic).Build(), cancellationToken);

    private static bool IsExpected(Exception exception)
        => exception is MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException
            or ObjectDisposedException or NotSupportedException;
}
