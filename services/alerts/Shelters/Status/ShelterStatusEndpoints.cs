using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;

namespace SmartCity.Alerts.Shelters.Status;

/// <summary>What staff of the town do with shelters, from a phone in the gymnasium.</summary>
internal static class ShelterStatusEndpoints
{
    public static void MapShelterStatus(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/shelters").RequireAuthorization(CityPolicies.Staff);
        staff.MapPut("/{id}/status", SetStatus);
        staff.MapGet("/{id}/reports", ListReports);
        staff.MapGet("/reporters", ListReporters);
    }

    /// <summary>Sets the status if nobody changed it unseen; what is sent twice, over a bad line, is done once.</summary>
    private static async Task<Results<Ok<ShelterView>, ProblemHttpResult>> SetStatus(
        string id, ShelterStatusRequest request, AlertDbContext database, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.Refuse() is { } refusal)
        {
            return refusal;
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await database.Shelters.FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } shelter)
        {
            return ShelterEndpoints.Unknown(id);
        }

        var person = http.Subject();
        if (ShelterPrecondition.Refuse(shelter, http.Request.Headers.IfMatch.ToString(), request.AsOf, person) is { } conflict)
        {
            // The answer to the first attempt may have been lost: what stands there is then what was asked for.
            if (!IsDone(shelter, request, person))
            {
                return conflict;
            }
        }
        else
        {
            Set(shelter, request, person, clock.GetUtcNow());
            database.Set<ShelterReport>().Add(ShelterReport.Of(shelter));
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        http.Response.Headers.ETag = shelter.ETag;
        return TypedResults.Ok(shelter.ToView(distanceMetres: null));
    }

    /// <summary>Who set what when, newest first.</summary>
    private static async Task<Results<Ok<Page<ShelterReportView>>, ProblemHttpResult>> ListReports(
        string id, AlertDbContext database, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (!await database.Shelters.AnyAsync(row => row.Id == id, cancellationToken))
        {
            return ShelterEndpoints.Unknown(id);
        }

        var skip = Paging.Offset(after);
        var rows = await database.Set<ShelterReport>().AsNoTracking().Where(row => row.ShelterId == id)
            .OrderByDescending(row => row.Id).Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(row => row.ToView())], skip, take));
    }

    /// <summary>Who set the status of each shelter that has one, by shelter id.</summary>
    private static async Task<Ok<Dictionary<string, string>>> ListReporters(AlertDbContext database, CancellationToken cancellationToken)
        => TypedResults.Ok(await database.Shelters.AsNoTracking().Where(row => row.StatusBy != null)
            .ToDictionaryAsync(row => row.Id, row => row.StatusBy!, StringComparer.Ordinal, cancellationToken));

    private static void Set(Shelter shelter, ShelterStatusRequest request, string person, DateTimeOffset now)
    {
        shelter.Status = request.Status;
        shelter.PeopleNow = request.PeopleNow;
        // As the database keeps it, so that the time of the answer is the one that is compared later.
        shelter.StatusAsOf = UnixMicroseconds.ToTime(UnixMicroseconds.From(now));
        shelter.StatusBy = person;
        shelter.Version++;
    }

    private static bool IsDone(Shelter shelter, ShelterStatusRequest request, string person)
        => shelter.StatusBy == person && shelter.Status == request.Status && shelter.PeopleNow == request.PeopleNow;
}
