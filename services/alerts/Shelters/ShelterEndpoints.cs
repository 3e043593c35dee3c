using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Shelters.Status;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Shelters;

/// <summary>Shelters, for everybody.</summary>
internal static class ShelterEndpoints
{
    public static void MapShelters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/shelters", ListShelters);
        routes.MapGet("/shelters/{id}", GetShelter);
        routes.MapShelterStatus();
    }

    /// <summary>More than the towns have; a larger list pages.</summary>
    private const int WholeTown = 1000;

    /// <summary>
    /// All of them, so that a phone can find the nearest by itself and its place stays there. Nearest first where <c>near=lat,lon</c> is given. With <c>hazard</c> only shelters designated for it; with
    /// <c>status</c> (one or more, comma-separated) only those.
    /// </summary>
    private static async Task<Results<Ok<Page<ShelterView>>, ProblemHttpResult>> ListShelters(
        AlertDbContext database,
        HttpContext http,
        CancellationToken cancellationToken,
        string? near = null,
        string? hazard = null,
        string? status = null,
        string? after = null,
        string? limit = null)
    {
        if (!PageLimit.TryParse(limit, WholeTown, WholeTown, out var take, out var refusal)
            || !ShelterFilter.TryParse(near, hazard, status, out var filter, out refusal))
        {
            return refusal;
        }

        // Where somebody is belongs into no cache; the list as such may be kept for as long as a status may be late.
        http.Response.Headers.CacheControl = near is null ? "public, max-age=5" : "no-store";
        // A town has some hundreds of shelters: measuring to each takes microseconds, less than a spatial index would cost to keep.
        var shelters = await database.Shelters.AsNoTracking().ToListAsync(cancellationToken);
        var skip = Paging.Offset(after);
        var rows = filter.Apply(shelters).Skip(skip).Take(take + 1).ToList();
        return TypedResults.Ok(Paging.ByOffset(rows, skip, take));
    }

    private static async Task<Results<Ok<ShelterView>, ProblemHttpResult>> GetShelter(
        string id, AlertDbContext database, HttpContext http, CancellationToken cancellationToken)
    {
        if (await database.Shelters.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } shelter)
        {
            return Unknown(id);
        }

        http.Response.Headers.ETag = shelter.ETag;
        return TypedResults.Ok(shelter.ToView(distanceMetres: null));
    }

    internal static ProblemHttpResult Unknown(string id)
        => Problem.NotFound("unknown-shelter", "There is no such shelter.", $"'{id}' is not a shelter of this municipality. Nothing was changed.");
}
