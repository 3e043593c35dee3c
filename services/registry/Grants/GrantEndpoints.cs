using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Data;
using SmartCity.Registry.Exchange;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Grants;

/// <summary>Grants: given by residents or with them at the counter, confirmed by a second person where staff wrote them down, seen by those whom they name and by the town's staff, ended by any of them.</summary>
internal static class GrantEndpoints
{
    public static void MapGrants(this IEndpointRouteBuilder town)
    {
        var grants = town.MapGroup("/grants").RequireAuthorization().WithTags("grants");
        grants.MapPost("/", GiveGrant);
        grants.MapGet("/", ListGrants);
        grants.MapPost("/{id}/confirm", ConfirmGrant);
        grants.MapDelete("/{id}", RevokeGrant);
    }

    /// <summary>What other services ask through their sidecars. Outside <c>/api</c>, so the gateway never routes to it.</summary>
    public static void MapGrantLookup(this IEndpointRouteBuilder routes)
        => routes.MapGet("/internal/grants", FindGrants).ExcludeFromDescription();

    private static async Task<Results<Created<GrantView>, ProblemHttpResult>> GiveGrant(
        string municipality, GrantRequest request, GrantDesk desk, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!http.User.HasClaim(CityClaims.Municipality, municipality))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "other-municipality", "This is another municipality.",
                $"Your sign-in is not for {municipality}. Nothing was saved; ask at the counter of the resident's own municipality.");
        }

        var by = Requester.Of(http.User, http.Subject(), municipality);
        if (!by.IsStaff && request.Subject is { } subject && subject != by.Subject)
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "not-yours-to-give", "Only the resident can give this grant.",
                "You can let somebody act for you, not for another. Nothing was saved; the resident can give it, also at the counter.");
        }

        var faults = GrantRules.FaultsOf(request, by, clock.GetUtcNow()).ToList();
        if (faults.Count > 0)
        {
            return Problem.Unprocessable("grant-refused", "This grant can't be given.",
                $"{string.Join(' ', faults.Select(fault => $"{fault.Field}: {fault.Message}"))} Nothing was saved.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = faults });
        }

        if (FreeText.Refuse(("subject", request.Subject), ("actor", request.Actor), ("purpose", request.Purpose)) is { } unreadable)
        {
            return unreadable;
        }

        var grant = await desk.GiveAsync(municipality, request, by, http, cancellationToken);
        return TypedResults.Created($"/api/registry/municipalities/{municipality}/grants/{grant.Id}", grant);
    }

    /// <summary>Newest first. Staff see all of the municipality, with <c>?subject=</c> one resident's; anybody else their own.</summary>
    private static async Task<Results<Ok<Page<GrantView>>, ProblemHttpResult>> ListGrants(
        string municipality, RegistryDbContext database, ExchangeDesk exchange, TimeProvider clock, HttpContext http, CancellationToken cancellationToken,
        string? subject = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (ExchangeDesk.RefuseSubject(subject) is { } unrecordable)
        {
            return unrecordable;
        }

        var own = http.Subject();
        var isStaff = Requester.IsStaffOf(http.User, municipality);
        if (isStaff)
        {
            await exchange.RecordAsync(http, new ExchangeEntry(municipality, "grants.read", ExchangePurposes.CounterService, subject), cancellationToken);
        }

        var skip = Paging.Offset(after);
        var rows = await database.Set<GrantRow>().AsNoTracking()
            .Where(row => (isStaff || row.Subject == own || row.Actor == own) && (subject == null || row.Subject == subject))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id)
            .Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(row => row.ToView(clock.GetUtcNow()))], skip, take));
    }

    /// <summary>What staff wrote down for a resident allows nothing before the resident, or a second member of staff, agreed.</summary>
    private static Task<Results<Ok<GrantView>, ProblemHttpResult>> ConfirmGrant(
        string municipality, string id, GrantDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.ConfirmAsync(municipality, id, http, cancellationToken);

    /// <summary>Ends a grant, or refuses one that nobody has confirmed yet.</summary>
    private static Task<Results<Ok<GrantView>, ProblemHttpResult>> RevokeGrant(
        string municipality, string id, GrantDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.RevokeAsync(municipality, id, http, cancellationToken);

    private static async Task<Ok<Page<GrantView>>> FindGrants(string actor, string subject, string scope, IGrantDirectory grants, CancellationToken cancellationToken)
        => TypedResults.Ok(new Page<GrantView>(await grants.FindAsync(actor, subject, scope, cancellationToken)));
}
