using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Resident;

namespace SmartCity.Portal.Shelters;

/// <summary>A town's shelters for one kind of disaster.</summary>
public sealed record ShelterPageView
{
    /// <summary>In the address: all, whatever they are for.</summary>
    public const string Any = "any";

    public required Town Town { get; init; }

    /// <summary>The disaster that counts; null for any.</summary>
    public required string? Hazard { get; init; }

    /// <summary>Kinds of disaster that some shelter of the town is for.</summary>
    public required IReadOnlyList<string> Hazards { get; init; }

    /// <summary>Open ones first, then those of which nobody knows.</summary>
    public required IReadOnlyList<ShelterView> Shelters { get; init; }

    /// <summary>How many are for other disasters only.</summary>
    public required int Others { get; init; }

    public required Outcome Outcome { get; init; }

    /// <param name="asked">From the address; null takes the disaster of the most severe alert.</param>
    internal static ShelterPageView Of(Town town, IReadOnlyList<ShelterView> all, Outcome outcome, string? asked, IEnumerable<AlertView> alerts)
    {
        var hazards = all.SelectMany(shelter => shelter.Hazards).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // Where no shelter is for the disaster, any is better than none.
        var hazard = (asked is null ? alerts.OrderByDescending(alert => alert.Level).Select(alert => alert.Hazard).FirstOrDefault(hazards.Contains)
            : hazards.Contains(asked, StringComparer.Ordinal) ? asked : null);
        var fit = all.Where(shelter => hazard is null || shelter.Hazards.Contains(hazard, StringComparer.Ordinal)).ToList();
        return new ShelterPageView
        {
            Town = town,
            Hazard = hazard,
            Hazards = hazards,
            Shelters = [.. fit.OrderBy(ShelterWords.Use).ThenBy(shelter => shelter.Id, StringComparer.Ordinal)],
            Others = all.Count - fit.Count,
            Outcome = outcome,
        };
    }
}
