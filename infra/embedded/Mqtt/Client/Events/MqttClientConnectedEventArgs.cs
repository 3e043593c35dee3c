namespace MQTTnet;

/// <summary>Raised before the client opens a connection.</summary>
public sealed class MqttClientConnectingEventArgs(MqttClientOptions clientOptions) : EventArgs
{
    public MqttClientOptions ClientOptions { get; } = clientOptions;
}

/// <summary>Raised when the server has accepted the client.</summary>
public sealed class MqttClientConnectedEventArgs(MqttClientConnectResult connectResult) : EventArgs
{
    public MqttClientConnectResult ConnectResult { get; } = connectResult;
}
