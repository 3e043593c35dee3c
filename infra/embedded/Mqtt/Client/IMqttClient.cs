namespace MQTTnet;

/// <summary>An MQTT client with the surface of MQTTnet 5.</summary>
/// <remarks>
/// A connect that the server refuses does not throw: see <see cref="MqttClientConnectResult.ResultCode"/>. A network
/// failure throws <see cref="Exceptions.MqttCommunicationException"/>. All members may be called from any thread.
/// </remarks>
public interface IMqttClient : IDisposable
{
    event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync;

    event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync;

    event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync;

    event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync;

    bool IsConnected { get; }

    /// <summary>The options of the newest connect; null before it.</summary>
    MqttClientOptions Options { get; }

    Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default);

    Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default);

    Task PingAsync(CancellationToken cancellationToken = default);

    /// <summary>Publishes; above QoS 0 it completes with the server's acknowledgement and waits for the server's receive maximum.</summary>
    Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default);

    /// <summary>Sends AUTH with the method of CONNECT; with the reason code <c>ReAuthenticate</c> it begins a new exchange (MQTT 5.0, section 4.12.1).</summary>
    Task SendEnhancedAuthenticationExchangeDataAsync(MqttEnhancedAuthenticationExchangeData data, CancellationToken cancellationToken = default);

    Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default);

    Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default);
}
