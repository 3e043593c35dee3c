namespace MQTTnet.Protocol;

/// <summary>When a subscription gets the retained messages (MQTT 5.0, section 3.8.3.1).</summary>
public enum MqttRetainHandling
{
    SendAtSubscribe = 0,
    SendAtSubscribeIfNewSubscriptionOnly = 1,
    DoNotSendOnSubscribe = 2,
}
