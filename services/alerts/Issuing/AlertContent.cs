using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Issuing;

/// <summary>What one message says, before it has an identifier.</summary>
public sealed record AlertContent
{
    /// <summary>What it is about: a device id, or <c>draft:{id}</c>.</summary>
    public required string Source { get; init; }

    public required string Hazard { get; init; }

    /// <summary>Japanese alert level 1 to 5; for a cancel that of the alert that ends, null where that was another authority's.</summary>
    public required int? Level { get; init; }

    /// <summary>A drill and a test say so; of an update or cancel, the chain's.</summary>
    public CapStatus Status { get; init; }

    public required DateTimeOffset Onset { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    public required AlertArea Area { get; init; }

    public string? DeviceId { get; init; }

    public string? Explanation { get; init; }

    /// <summary>Token subject of the officer, or null where a rule decided.</summary>
    public string? IssuedBy { get; init; }

    public string? Reason { get; init; }
}
