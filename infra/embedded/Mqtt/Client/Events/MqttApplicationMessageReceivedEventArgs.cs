using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>
/// A received message. Handlers of one client run one after another; with <see cref="AutoAcknowledge"/> false the
/// server gets its acknowledgement when <see cref="AcknowledgeAsync"/> is called, which may be after the handler.
/// </summary>
public sealed class MqttApplicationMessageReceivedEventArgs : EventArgs
{
    private readonly Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> _acknowledge;
    private int _acknowledged;

    internal MqttApplicationMessageReceivedEventArgs(
        string clientId,
        MqttApplicationMessage applicationMessage,
        ushort packetIdentifier,
        Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> acknowledge)
    {
        ClientId = clientId;
        ApplicationMessage = applicationMessage;
        PacketIdentifier = packetIdentifier;
        _acknowledge = acknowledge;
    }

    /// <summary>The message. Its payload is valid until the handlers have returned: its memory is used again, as upstream.</summary>
    public MqttApplicationMessage ApplicationMessage { get; }

    /// <summary>Whether the client acknowledges when the handlers have returned without a failure.</summary>
    public bool AutoAcknowledge { get; set; } = true;

    public string ClientId { get; }

    public bool IsHandled { get; set; }

    /// <summary>0 at QoS 0.</summary>
    public ushort PacketIdentifier { get; }

    /// <summary>When true no acknowledgement is sent, so that the server delivers again after a reconnect.</summary>
    public bool ProcessingFailed { get; set; }

    /// <summary>What the acknowledgement says (version 5).</summary>
    public MqttApplicationMessageReceivedReasonCode ReasonCode { get; set; } = MqttApplicationMessageReceivedReasonCode.Success;

    public string? ResponseReasonString { get; set; }

    public List<MqttUserProperty> ResponseUserProperties { get; } = [];

    public object? Tag { get; set; }

    /// <summary>Acknowledges the message; may be called from any thread, once.</summary>
    /// <exception cref="InvalidOperationException">The message is already acknowledged.</exception>
    public Task AcknowledgeAsync(CancellationToken cancellationToken)
        => TryBeginAcknowledge()
            ? _acknowledge(this, cancellationToken)
            : throw new InvalidOperationException("The application message is already acknowledged.");

    /// <summary>A second PUBACK could be taken for the answer to another message.</summary>
    internal bool TryBeginAcknowledge() => Interlocked.Exchange(ref _acknowledged, 1) == 0;
}
