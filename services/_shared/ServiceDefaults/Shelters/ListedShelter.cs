using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>A row of a town's shelter list.</summary>
public sealed record ListedShelter
{
    /// <summary>The list's own id (共通ID, ID or NO).</summary>
    public required string Id { get; init; }

    public required LocalizedText Name { get; init; }

    public required string Address { get; init; }

    public required double LatitudeDegrees { get; init; }

    public required double LongitudeDegrees { get; init; }

    /// <summary>Keys of <see cref="ShelterHazards"/> for which it is designated.</summary>
    public required IReadOnlyList<string> Hazards { get; init; }

    /// <summary>People it holds, or null where the list does not say.</summary>
    public int? Capacity { get; init; }

    /// <summary>Null where the list says nothing of it.</summary>
    public ShelterAccess? Accessibility { get; init; }
}
