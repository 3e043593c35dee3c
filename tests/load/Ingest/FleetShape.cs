namespace SmartCity.Load.Ingest;

/// <summary>What devices there are, and what they send.</summary>
/// <param name="Devices">All of them, <c>gauge-{FirstDevice}</c> and on.</param>
/// <param name="Metrics">Readings in a message, 1 to 5.</param>
/// <param name="MessagesAtOnce">Messages that a connection sends in one write, before it waits for their acknowledgements.</param>
internal sealed record FleetShape(int Devices, int Metrics, int MessagesAtOnce)
{
    public int FirstDevice { get; init; }

    /// <summary>More than one is a gateway that speaks for its devices, one after the other.</summary>
    public int DevicesOnAConnection { get; init; } = 1;

    /// <summary>What a device dates its first message; null for now, as each of its messages.</summary>
    public DateTimeOffset? Begin { get; init; }

    /// <summary>Between the times of a device's messages, with <see cref="Begin"/>.</summary>
    public TimeSpan Step { get; init; }

    /// <summary>Whether the water level is above the rule's bound and below it in turn, so that each message fires.</summary>
    public bool Crosses { get; init; }

    /// <summary>User name and key of a device, by its id; null where the broker takes everybody.</summary>
    public Func<string, (string UserName, string Password)>? Credentials { get; init; }
}
