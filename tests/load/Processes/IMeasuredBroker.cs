namespace SmartCity.Load.Processes;

/// <summary>An MQTT broker in a process of its own, on a loopback port.</summary>
internal interface IMeasuredBroker : IAsyncDisposable
{
    string Name { get; }

    int Port { get; }

    /// <summary>Resident memory in bytes.</summary>
    long ResidentBytes { get; }

    /// <summary>Processor time since its start, of all its threads.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Gives back what a program with a garbage collector keeps only because nobody needs it yet.</summary>
    Task SettleAsync();
}
