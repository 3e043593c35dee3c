namespace MQTTnet.Protocol;

/// <summary>How often a message may arrive (MQTT 5.0, section 4.3).</summary>
public enum MqttQualityOfServiceLevel
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
