namespace SmartCity.Contracts.Towns;

/// <summary>A registered device.</summary>
public sealed record Device
{
    /// <summary>1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>; unique within the municipality.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, such as <c>river</c>; rules and limits name devices by it.</summary>
    public required string Kind { get; init; }

    public required LocalizedText Name { get; init; }

    public double? LatitudeDegrees { get; init; }

    public double? LongitudeDegrees { get; init; }

    /// <summary>Radius around the device that its alerts concern; null for the whole municipality.</summary>
    public double? AlertRadiusMetres { get; init; }

    /// <summary>How its own JSON is read; null for what its kind says.</summary>
    public PayloadMapping? Payload { get; init; }

    /// <summary>Whether the simulator plays this device unasked (demo regions only).</summary>
    public bool Simulated { get; init; }
}
