namespace Dapr.Client;

/// <summary>How a write to a state store is to be made.</summary>
public class StateOptions
{
    /// <summary>Consistency asked for, or null for the store's own.</summary>
    public ConsistencyMode? Consistency { get; set; }

    /// <summary>Concurrency asked for, or null for the last write to win.</summary>
    public ConcurrencyMode? Concurrency { get; set; }
}

/// <summary>Which of two writes to the same key counts.</summary>
public enum ConcurrencyMode
{
    /// <summary>The first: a later one without the current ETag fails.</summary>
    FirstWrite,

    /// <summary>The last.</summary>
    LastWrite,
}

/// <summary>When a write is visible to every reader.</summary>
public enum ConsistencyMode
{
    /// <summary>Some time later.</summary>
    Eventual,

    /// <summary>When it is answered. The embedded sidecar is always so.</summary>
    Strong,
}
