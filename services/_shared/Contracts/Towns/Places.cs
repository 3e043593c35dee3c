namespace SmartCity.Contracts.Towns;

/// <summary>A place where residents see a doctor, in person or by video.</summary>
public sealed record Clinic
{
    public required string Id { get; init; }

    public required LocalizedText Name { get; init; }

    public string Address { get; init; } = "";

    public string Telephone { get; init; } = "";

    public double? LatitudeDegrees { get; init; }

    public double? LongitudeDegrees { get; init; }
}

/// <summary>Where a GTFS feed of the town comes from.</summary>
public sealed record TransitFeed
{
    public required string Id { get; init; }

    /// <summary>https URL of a GTFS zip, or one of <see cref="Town.Files"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Name and terms of the licence, shown wherever the feed is.</summary>
    public string Licence { get; init; } = "";
}
