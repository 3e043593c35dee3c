namespace SmartCity.Contracts.Towns;

/// <summary>What one town may use, so that a noisy town slows only itself.</summary>
public sealed record TownLimits
{
    /// <summary>HTTP requests per second of the whole town through one gateway.</summary>
    public int RequestsPerSecond { get; init; } = 5000;

    /// <summary>HTTP requests per second of one signed-in person.</summary>
    public int RequestsPerSecondOfPerson { get; init; } = 50;

    /// <summary>MQTT messages per second of all the town's devices together.</summary>
    public int MessagesPerSecond { get; init; } = 2000;

    /// <summary>What holds where <see cref="MessagesPerSecondOfDevice"/> says nothing.</summary>
    public const int UsualMessagesPerSecondOfDevice = 500;

    /// <summary>
    /// MQTT messages per second of one device, so that one that is broken does not use up what the town has. Null, and not
    /// written, for the usual: plans that wait since before there was this limit stay as they are.
    /// </summary>
    public int? MessagesPerSecondOfDevice { get; init; }

    /// <summary>MQTT messages per second of all devices of a kind together, by kind.</summary>
    public IReadOnlyDictionary<string, int> MessagesPerSecondByKind { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Registered devices.</summary>
    public int Devices { get; init; } = 50_000;
}
