namespace MQTTnet.Exceptions;

/// <summary>The network or the server failed: nothing is known about what was being sent.</summary>
public class MqttCommunicationException : Exception
{
    public MqttCommunicationException(Exception innerException) : base(innerException.Message, innerException)
    {
    }

    public MqttCommunicationException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}

/// <summary>The server did not answer within the time that <see cref="MqttClientOptions.Timeout"/> allows.</summary>
public sealed class MqttCommunicationTimedOutException : MqttCommunicationException
{
    public MqttCommunicationTimedOutException() : base("The operation has timed out.")
    {
    }

    public MqttCommunicationTimedOutException(Exception innerException) : base("The operation has timed out.", innerException)
    {
    }
}

/// <summary>The member needs a connection and there is none.</summary>
public class MqttClientNotConnectedException : MqttCommunicationException
{
    public MqttClientNotConnectedException() : base("The MQTT client is not connected.")
    {
    }
}

/// <summary>The connection ended while an answer was awaited.</summary>
public sealed class MqttClientDisconnectedException : MqttCommunicationException
{
    public MqttClientDisconnectedException(Exception? innerException) : base("The MQTT client is disconnected.", innerException)
    {
    }
}
