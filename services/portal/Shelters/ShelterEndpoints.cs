using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Shelters;

/// <summary>Every shelter of the town. Which is near is worked out on the phone, by a script that sends nothing.</summary>
internal static class ShelterEndpoints
{
    public static async Task<RazorComponentResult<ShelterPage>> ShowAsync(
        HttpContext http, VisitFactory visits, CityBackend backend, CancellationToken cancellationToken, string? hazard = null)
    {
        var town = http.CurrentTown();
        var alerts = backend.ActiveAlertsAsync(town, cancellationToken);
        var shelters = await backend.AllSheltersAsync(town, cancellationToken);
        var view = ShelterPageView.Of(town, shelters.Value?.Items ?? [], shelters.Outcome, hazard, (await alerts).Value?.Items ?? []);
        return new(new { Visit = visits.Begin(http, keepsQuery: true), View = view });
    }
}
