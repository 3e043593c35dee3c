using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>An alert as officers see it: what it says, whom it reached, who did what.</summary>
public sealed record IssuedBoard
{
    public required HistoryAnswer History { get; init; }

    /// <summary>The message whose deliveries are shown: the newest, or an earlier one that was asked for.</summary>
    public required string MessageId { get; init; }

    /// <summary>Null until its recipients are being written down.</summary>
    public required ReachAnswer? Reach { get; init; }

    /// <summary>A page of those not reached.</summary>
    public required Page<DeliveryAnswer>? Missed { get; init; }

    /// <summary>Start of that page, or null for the first.</summary>
    public required string? After { get; init; }

    /// <summary>The town's, by id: sirens and signs are missed by their names.</summary>
    public IReadOnlyDictionary<string, LocalizedText> DeviceNames { get; init; } = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);

    public required bool LooksOften { get; init; }

    public AlertView Alert => History.Newest;

    public bool IsUnderWay => Reach?.IsUnderWay ?? true;

    public bool IsInForce(DateTimeOffset now) => Alert.CancelledAt is null && Alert.Expires > now;

    /// <summary>Whether the town itself issued it, with a level: else its sender alone changes what it says.</summary>
    public bool IsOwn => Alert.Origin is null && Alert.Level is not null;
}
