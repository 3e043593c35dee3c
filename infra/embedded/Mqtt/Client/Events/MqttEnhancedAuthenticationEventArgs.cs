using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>An AUTH of the server, and the way to answer it.</summary>
public class MqttEnhancedAuthenticationEventArgs : EventArgs
{
    private readonly AuthPacket _packet;
    private readonly Action<MqttPacket> _send;
    private readonly Func<CancellationToken, Task<MqttPacket?>> _receive;

    internal MqttEnhancedAuthenticationEventArgs(
        AuthPacket packet, Action<MqttPacket> send, Func<CancellationToken, Task<MqttPacket?>> receive, CancellationToken cancellationToken)
    {
        _packet = packet;
        _send = send;
        _receive = receive;
        CancellationToken = cancellationToken;
    }

    public byte[]? AuthenticationData => _packet.Properties?.AuthenticationData;

    public string? AuthenticationMethod => _packet.Properties?.AuthenticationMethod;

    public CancellationToken CancellationToken { get; }

    public MqttAuthenticateReasonCode ReasonCode => (MqttAuthenticateReasonCode)_packet.ReasonCode;

    public string? ReasonString => _packet.Properties?.ReasonString;

    public List<MqttUserProperty>? UserProperties => _packet.Properties?.UserProperties;

    /// <summary>The server's next AUTH.</summary>
    /// <exception cref="InvalidOperationException">CONNACK came: the exchange was over.</exception>
    /// <exception cref="MqttProtocolViolationException">Another packet came.</exception>
    public async Task<ReceiveMqttEnhancedAuthenticationDataResult> ReceiveAsync(CancellationToken cancellationToken = default)
        => await _receive(cancellationToken) switch
        {
            AuthPacket auth => new ReceiveMqttEnhancedAuthenticationDataResult
            {
                AuthenticationData = auth.Properties?.AuthenticationData,
                AuthenticationMethod = auth.Properties?.AuthenticationMethod,
                ReasonCode = (MqttAuthenticateReasonCode)auth.ReasonCode,
                ReasonString = auth.Properties?.ReasonString,
                UserProperties = auth.Properties?.UserProperties,
            },
            ConnAckPacket => throw new InvalidOperationException("The enhanced authentication handler must not wait for the CONNACK packet."),
            _ => throw new MqttProtocolViolationException("Received other packet than AUTH while authenticating."),
        };

    /// <summary>Answers with the method of the server's AUTH.</summary>
    public Task SendAsync(SendMqttEnhancedAuthenticationDataOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        _send(PacketFactory.Auth(
            SmartCity.Embedded.Mqtt.Codec.MqttReasonCode.ContinueAuthentication, AuthenticationMethod, options.Data, options.ReasonString, options.UserProperties));
        return Task.CompletedTask;
    }
}
