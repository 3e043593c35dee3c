using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Shelters;

/// <summary>Shelters: anybody reads, staff of the town set the status.</summary>
internal static class ShelterEndpoints
{
    public static void MapShelters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/shelters", ListShelters);
        routes.MapPut("/shelters/{id}/status", SetStatus).RequireAuthorization(CityPolicies.Staff);
    }

    /// <summary>
    /// Nearest first where <c>near=lat,lon</c> is given. With <c>hazard</c> only shelters designated for it; with
    /// <c>status</c> (one or more, comma-separated) only those.
    /// </summary>
    private static async Task<Results<Ok<Page<ShelterView>>, ProblemHttpResult>> ListShelters(
        AlertDbContext database,
        CancellationToken cancellationToken,
        string? near = null,
        string? hazard = null,
        string? status = null,
        string? after = null,
        string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal)
            || !ShelterFilter.TryParse(near, hazard, status, out var filter, out refusal))
        {
            return refusal;
        }

        // A town has some hundreds of shelters: reading them all is faster than a spatial index would be to maintain.
        var shelters = await database.Shelters.AsNoTracking().ToListAsync(cancellationToken);
        var skip = Paging.Offset(after);
        var rows = filter.Apply(shelters).Skip(skip).Take(take + 1).ToList();
        return TypedResults.Ok(Paging.ByOffset(rows, skip, take));
    }

    private static async Task<Results<Ok<ShelterView>, ProblemHttpResult>> SetStatus(
        string id, ShelterStatusRequest request, AlertDbContext database, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ShelterStatus.Settable.Contains(request.Status, StringComparer.Ordinal))
        {
            return Problem.Unprocessable("shelter-status-unknown", "This shelter status is not known.",
                $"Give one of {string.Join(", ", ShelterStatus.Settable)}. Nothing was changed.");
        }

        var shelter = await database.Shelters.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (shelter is null)
        {
            return Problem.NotFound("unknown-shelter", "There is no such shelter.", $"'{id}' is not a shelter of this municipality.");
        }

        shelter.Status = request.Status;
        shelter.StatusAsOf = clock.GetJapanNow();
        shelter.StatusBy = http.Subject();
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(shelter.ToView(distanceMetres: null));
    }
}

/// <param name="Status"><c>open</c>, <c>full</c> or <c>closed</c>.</param>
public sealed record ShelterStatusRequest(string Status);
