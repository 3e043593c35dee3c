using SmartCity.Contracts;
using SmartCity.Contracts.Events;

namespace SmartCity.Alerts.Wording;

/// <summary>What an alert is about, for words in any language.</summary>
public sealed record AlertSubject
{
    public required LocalizedText Place { get; init; }

    public required string Hazard { get; init; }

    /// <summary>Japanese alert level 1 to 5; for a cancel that of the alert that ends.</summary>
    public required int Level { get; init; }

    public required bool IsCancel { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The reading that decided, or null where a person did.</summary>
    public SensorThreshold? Transition { get; init; }

    /// <summary>Whether it concerns a part of the place that only a map shows.</summary>
    public bool IsPart { get; init; }

    /// <summary>Radius around the device, or null for the whole municipality.</summary>
    public double? RadiusMetres { get; init; }
}
