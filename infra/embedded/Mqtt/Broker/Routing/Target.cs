using SmartCity.Embedded.Mqtt.Broker.Sessions;

namespace SmartCity.Embedded.Mqtt.Broker.Routing;

/// <summary>A session that gets a message, and how.</summary>
internal struct Target
{
    public Session Session;
    public byte QualityOfService;
    public bool Retain;
    public List<uint>? Identifiers;
    public string? SharedFilter;

    public readonly bool IsStored => QualityOfService > 0 && Session.IsPersistent;
}
