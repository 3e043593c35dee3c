namespace MQTTnet.Exceptions;

/// <summary>A packet, topic or option that the specification does not allow.</summary>
public class MqttProtocolViolationException(string message) : Exception(message);
