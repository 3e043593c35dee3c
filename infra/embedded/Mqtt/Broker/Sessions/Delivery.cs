using SmartCity.Embedded.Mqtt.Broker.Routing;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>How far the delivery of a message to one session is (MQTT 5.0, section 4.3).</summary>
internal enum DeliveryState : byte
{
    Waiting,

    /// <summary>PUBLISH was sent: PUBACK or PUBREC is to come.</summary>
    Sent,

    /// <summary>PUBREC came: PUBCOMP is to come.</summary>
    Released,
}

/// <summary>A message above QoS 0 on its way to one session.</summary>
internal sealed class Delivery
{
    public required Message Message { get; init; }

    public required byte QualityOfService { get; init; }

    public bool Retain { get; init; }

    public List<uint>? Identifiers { get; init; }

    /// <summary>The filter with its group when it came by a shared subscription.</summary>
    public string? SharedFilter { get; init; }

    /// <summary>Whether the journal has it for this session.</summary>
    public bool IsStored { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>Completes when the journal has that state and the identifier; null when it does, or need not.</summary>
    public Task? Stored { get; set; }

    /// <summary>0 until it was sent for the first time.</summary>
    public ushort PacketIdentifier { get; set; }

    /// <summary>Its place in the order of sending.</summary>
    public long Sequence { get; set; }
}
