namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>An app behind the sidecar, as it is now.</summary>
internal sealed class SidecarApp(DaprAppOptions options)
{
    private Uri? _address = options.AppAddress;

    public string AppId { get; } = options.AppId;

    /// <summary>The sidecar's port for this app; known once it listens.</summary>
    public int HttpPort { get; set; } = options.HttpPort;

    /// <summary>Where the app listens, or null while that is not known.</summary>
    public Uri? Address => Volatile.Read(ref _address);

    /// <summary>The app's policies; set anew by each start.</summary>
    public AppResiliency Resiliency { get; set; } = new(options.AppId, [], TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    /// <summary>Open while the app answers: it has been asked in this run and could be reached ever since.</summary>
    public AsyncGate Ready { get; } = new();

    /// <summary>Opened to have the app asked for its subscriptions at once.</summary>
    public AsyncGate AskNow { get; } = new();

    /// <summary>Opened when the address was set anew.</summary>
    public AsyncGate AddressSet { get; } = new();

    public void SetAddress(Uri address)
    {
        Volatile.Write(ref _address, address);
        Suspect();
        AddressSet.Open();
    }

    /// <summary>Holds deliveries back until the app has answered again; it may have become another one.</summary>
    public void Suspect()
    {
        Ready.Close();
        AskNow.Open();
    }
}
