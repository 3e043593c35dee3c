using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>Enhanced authentication (MQTT 5.0, section 4.12).</summary>
internal sealed partial class ClientConnection
{
    private Task AuthenticateAsync(
        AuthPacket packet, Func<CancellationToken, Task<MqttPacket?>> receive, CancellationToken cancellationToken)
    {
        var handler = _options.EnhancedAuthenticationHandler
            ?? throw new MqttProtocolViolationException("The server sent AUTH, and the options have no handler for it.");
        return handler.HandleEnhancedAuthenticationAsync(new MqttEnhancedAuthenticationEventArgs(packet, Send, receive, cancellationToken));
    }

    // An exchange on a running connection. Without a handler it cannot go on, and the connection ends (section 4.12.1).
    private async Task HandleAuthAsync(AuthPacket packet)
    {
        if (_options.EnhancedAuthenticationHandler is null)
        {
            _output.Write(new DisconnectPacket(MqttReasonCode.ImplementationSpecificError)
            {
                Properties = new MqttProperties { ReasonString = "Unable to handle AUTH packet" },
            });
            await _output.WhenIdleAsync();
        }

        await AuthenticateAsync(packet, ReceiveAuthAsync, _closing.Token);
    }

    // Other packets go on meanwhile.
    private async Task<MqttPacket?> ReceiveAuthAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var packet = await ReceiveAsync(cancellationToken);
            if (packet is null or AuthPacket or DisconnectPacket)
            {
                return packet;
            }

            Handle(packet);
        }
    }
}
