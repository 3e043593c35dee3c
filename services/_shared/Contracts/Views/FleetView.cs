namespace SmartCity.Contracts.Views;

/// <summary>Counts over a town's devices, as <c>GET fleet</c> gives them for dashboards.</summary>
public sealed record FleetView
{
    /// <summary>Devices in the manifest.</summary>
    public required int Registered { get; init; }

    /// <summary>Of these, heard within <see cref="HeardWithinMinutes"/>; since the start of the service at the longest.</summary>
    public required int Heard { get; init; }

    public required int HeardWithinMinutes { get; init; }

    /// <summary>Devices with a silence rule raised.</summary>
    public required int Silent { get; init; }

    /// <summary>Messages of registered devices of which something was refused.</summary>
    public required int RefusedInLastHour { get; init; }

    /// <summary>Rules of devices and zones that are raised, each counted for each of them.</summary>
    public required int RulesRaised { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}
