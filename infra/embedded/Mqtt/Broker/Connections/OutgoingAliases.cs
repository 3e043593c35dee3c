namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>
/// The topic aliases that the broker has set on one connection (MQTT 5.0, section 3.3.2.3.4), first come first served.
/// Only for a client that asked for them; guarded by the broker's gate.
/// </summary>
internal sealed class OutgoingAliases(int maximum)
{
    /// <summary>An alias costs three bytes, so that shorter topics are sent as they are.</summary>
    private const int CostBytes = 3;

    private readonly Dictionary<string, ushort> _aliases = new(StringComparer.Ordinal);

    /// <summary>The topic's alias; <paramref name="isKnown"/> says whether the client knows it, otherwise topic and alias are sent together.</summary>
    /// <returns>Null when the topic has none.</returns>
    public ushort? Find(string topic, int topicBytes, out bool isKnown)
    {
        isKnown = _aliases.TryGetValue(topic, out var alias);
        return isKnown ? alias
            : topicBytes > CostBytes && _aliases.Count < maximum ? (ushort)(_aliases.Count + 1)
            : null;
    }

    /// <summary>Topic and alias were sent together.</summary>
    public void Set(string topic, ushort alias) => _aliases.Add(topic, alias);
}
