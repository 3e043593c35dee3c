using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Issuing;

/// <summary>An officer changes an alert by hand.</summary>
internal static class UpdateEndpoint
{
    public static void MapUpdate(this IEndpointRouteBuilder routes)
        => routes.MapPost("/{id}/update", UpdateAlert).RequireAuthorization(CityPolicies.Officer)
            .RecordAcrossTowns<AlertDbContext>("alert.update", ExchangePurposes.Emergency);

    /// <summary>Any message of the chain names it. 200 with the Update message, or 202 with the draft that waits for a second person.</summary>
    private static async Task<Results<Ok<AlertView>, Accepted<DraftView>, ProblemHttpResult>> UpdateAlert(
        string id, UpdateRequest request, UpdateDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        if (request.Refuse() is { } refusal)
        {
            return refusal;
        }

        var town = http.CurrentTown();
        var outcome = await desk.UpdateAsync(http, id, request, cancellationToken);
        if (outcome.Refusal is { } refused)
        {
            return refused;
        }

        return outcome.Waiting is { } draft
            ? TypedResults.Accepted($"/api/{town.Code}/{AppIds.Alerts}/drafts/{draft.Id}", draft)
            : TypedResults.Ok(outcome.Done!);
    }
}
