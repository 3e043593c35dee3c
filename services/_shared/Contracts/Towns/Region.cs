namespace SmartCity.Contracts.Towns;

/// <summary>A region file: the municipalities that one installation serves.</summary>
public sealed record Region
{
    public required string Name { get; init; }

    public required IReadOnlyList<Town> Municipalities { get; init; }
}
