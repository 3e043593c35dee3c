namespace MQTTnet.Protocol;

/// <summary>Whether the payload is UTF-8 text (MQTT 5.0, section 3.3.2.3.2).</summary>
public enum MqttPayloadFormatIndicator
{
    Unspecified = 0,
    CharacterData = 1,
}
