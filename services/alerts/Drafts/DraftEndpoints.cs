using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Drafts;

/// <summary>Drafts: officers of the town only.</summary>
internal static class DraftEndpoints
{
    public static void MapDrafts(this IEndpointRouteBuilder routes)
    {
        var drafts = routes.MapGroup("/drafts").RequireAuthorization(CityPolicies.Officer);
        drafts.MapGet("/", ListDrafts).RecordAcrossTowns<AlertDbContext>("draft.read", ExchangePurposes.Emergency);
        drafts.MapGet("/{id}", GetDraft).RecordAcrossTowns<AlertDbContext>("draft.read", ExchangePurposes.Emergency);
        drafts.MapPost("/", WriteDraft);
        drafts.MapPost("/{id}/approve", ApproveDraft).RecordAcrossTowns<AlertDbContext>("draft.approve", ExchangePurposes.Emergency);
        drafts.MapPost("/{id}/reject", RejectDraft).RecordAcrossTowns<AlertDbContext>("draft.reject", ExchangePurposes.Emergency);
    }

    /// <summary>Newest first; <c>?status=Pending</c> for those that wait.</summary>
    private static async Task<Results<Ok<Page<DraftView>>, ProblemHttpResult>> ListDrafts(
        AlertDbContext database, CancellationToken cancellationToken, string? status = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        DraftStatus? wanted = null;
        if (status is not null)
        {
            if (!Enum.TryParse<DraftStatus>(status, ignoreCase: true, out var parsed))
            {
                return Problem.BadRequest("status-unknown", "This draft status is not known.", $"Give one of {string.Join(", ", Enum.GetNames<DraftStatus>())}.");
            }

            wanted = parsed;
        }

        var skip = Paging.Offset(after);
        var rows = await database.Drafts.AsNoTracking()
            .Where(draft => wanted == null || draft.Status == wanted)
            .OrderByDescending(draft => draft.CreatedAt).ThenBy(draft => draft.Id)
            .Skip(skip).Take(take + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(DraftView.Of)], skip, take));
    }

    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> GetDraft(string id, AlertDbContext database, CancellationToken cancellationToken)
        => await database.Drafts.AsNoTracking().FirstOrDefaultAsync(draft => draft.Id == id, cancellationToken) is { } draft
            ? TypedResults.Ok(DraftView.Of(draft))
            : Problem.NotFound("unknown-draft", "There is no such draft.", $"'{id}' is not a draft of this municipality.");

    private static async Task<Results<Created<DraftView>, ProblemHttpResult>> WriteDraft(
        DraftRequest request, DraftDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        if (request.Refuse(http.CurrentTown()) is { } refusal)
        {
            return refusal;
        }

        var draft = await desk.WriteAsync(http.CurrentTown(), request, http.Subject(), cancellationToken);
        return TypedResults.Created($"{http.Request.Path}/{draft.Id}", draft);
    }

    private static Task<Results<Ok<DraftView>, ProblemHttpResult>> ApproveDraft(
        string id, DraftDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.ApproveAsync(http.CurrentTown(), id, http.Subject(), cancellationToken);

    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> RejectDraft(
        string id, DraftDesk desk, HttpContext http, CancellationToken cancellationToken, ReasonRequest? request = null)
        => FreeText.Refuse(("reason", request?.Reason)) is { } refusal
            ? refusal
            : await desk.RejectAsync(http.CurrentTown(), id, http.Subject(), request?.Reason, cancellationToken);
}
