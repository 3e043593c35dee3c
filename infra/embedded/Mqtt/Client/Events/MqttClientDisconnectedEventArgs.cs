using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>Raised once when a connection, or an attempt to make one, has ended. Reconnecting is the application's job.</summary>
public sealed class MqttClientDisconnectedEventArgs(
    bool clientWasConnected,
    MqttClientConnectResult? connectResult,
    MqttClientDisconnectReason reason,
    string? reasonString,
    List<MqttUserProperty>? userProperties,
    Exception? exception) : EventArgs
{
    public bool ClientWasConnected { get; } = clientWasConnected;

    /// <summary>The server's answer when it refused the client, otherwise null.</summary>
    public MqttClientConnectResult? ConnectResult { get; } = connectResult;

    public Exception? Exception { get; } = exception;

    public MqttClientDisconnectReason Reason { get; } = reason;

    public string? ReasonString { get; } = reasonString;

    public List<MqttUserProperty>? UserProperties { get; } = userProperties;
}
