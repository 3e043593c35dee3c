using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>The client's side of enhanced authentication (MQTT 5.0, section 4.12).</summary>
public interface IMqttEnhancedAuthenticationHandler
{
    /// <summary>Called for an AUTH of the server; it may send and receive further ones. It must not wait for CONNACK.</summary>
    Task HandleEnhancedAuthenticationAsync(MqttEnhancedAuthenticationEventArgs eventArgs);
}

/// <summary>What a client sends in AUTH by its own will.</summary>
public class MqttEnhancedAuthenticationExchangeData
{
    public byte[]? AuthenticationData { get; set; }

    public MqttAuthenticateReasonCode ReasonCode { get; set; }

    public string? ReasonString { get; set; }

    public List<MqttUserProperty>? UserProperties { get; set; }
}

/// <summary>What a handler answers to AUTH.</summary>
public sealed class SendMqttEnhancedAuthenticationDataOptions
{
    public byte[]? Data { get; init; }

    public string? ReasonString { get; init; }

    public List<MqttUserProperty>? UserProperties { get; init; }
}

/// <summary>A further AUTH of the server.</summary>
public sealed class ReceiveMqttEnhancedAuthenticationDataResult
{
    public byte[]? AuthenticationData { get; init; }

    public string? AuthenticationMethod { get; init; }

    public MqttAuthenticateReasonCode ReasonCode { get; init; }

    public string? ReasonString { get; init; }

    public List<MqttUserProperty>? UserProperties { get; init; }
}
