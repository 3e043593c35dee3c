namespace SmartCity.Contracts.Events;

/// <summary>Event <see cref="Topics.RegistryChanged"/>: a municipality's manifest, devices or keys changed.</summary>
public sealed record RegistryChanged
{
    /// <summary>The same change always has the same id.</summary>
    public required string EventId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>The registry's version after the change; grows with every change of any municipality.</summary>
    public required long Version { get; init; }

    /// <summary>Sections of the manifest that changed, such as <c>devices</c>.</summary>
    public required IReadOnlyList<string> Sections { get; init; }

    public required DateTimeOffset At { get; init; }
}
