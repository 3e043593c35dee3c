using MQTTnet.Exceptions;

namespace MQTTnet.Adapter;

/// <summary>The connection opened, but the exchange of CONNECT and CONNACK did not finish.</summary>
public sealed class MqttConnectingFailedException : MqttCommunicationException
{
    public MqttConnectingFailedException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
