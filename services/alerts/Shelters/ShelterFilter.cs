using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Shelters;

/// <summary>Which shelters a request asks for.</summary>
internal sealed record ShelterFilter(GeoPoint? Near, string? Hazard, IReadOnlyList<string> Statuses)
{
    /// <summary>What <c>near</c> says is no place.</summary>
    public static ProblemHttpResult NoPlace() => Problem.BadRequest("near-malformed", "'near' is not a place.",
        "Give latitude and longitude in degrees with a comma between, such as near=36.8205,137.4092.");

    public static bool TryParse(
        string? near,
        string? hazard,
        string? status,
        [NotNullWhen(true)] out ShelterFilter? filter,
        [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        filter = null;
        refusal = null;
        GeoPoint? place = null;
        if (near is not null)
        {
            if (!GeoPoint.TryParse(near, out var point))
            {
                refusal = NoPlace();
                return false;
            }

            place = point;
        }

        if (hazard is not null && !Hazards.IsKnown(hazard))
        {
            refusal = Problem.BadRequest("hazard-unknown", "This hazard is not known.", $"Give one of {Hazards.Keys}.");
            return false;
        }

        var statuses = status?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (statuses.Any(wanted => !ShelterStatus.All.Contains(wanted, StringComparer.Ordinal)))
        {
            refusal = Problem.BadRequest("shelter-status-unknown", "This shelter status is not known.",
                $"Give one or more of {string.Join(",", ShelterStatus.All)}.");
            return false;
        }

        filter = new ShelterFilter(place, hazard, statuses);
        return true;
    }

    public IEnumerable<ShelterView> Apply(IEnumerable<Shelter> shelters) => shelters
        .Where(shelter => Hazard is null || shelter.Hazards.Contains(Hazard, StringComparer.Ordinal))
        .Where(shelter => Statuses.Count == 0 || Statuses.Contains(shelter.Status, StringComparer.Ordinal))
        .Select(shelter => (Shelter: shelter, Metres: Near?.MetresTo(new GeoPoint(shelter.LatitudeDegrees, shelter.LongitudeDegrees))))
        .OrderBy(row => row.Metres ?? 0)
        .ThenBy(row => row.Shelter.Id, StringComparer.Ordinal)
        .Select(row => row.Shelter.ToView(row.Metres));
}
