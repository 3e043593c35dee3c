namespace MQTTnet.Protocol;

/// <summary>The reason codes of AUTH (MQTT 5.0, section 3.15.2.1).</summary>
public enum MqttAuthenticateReasonCode
{
    Success = 0,
    ContinueAuthentication = 24,
    ReAuthenticate = 25,
}
