using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Reach;
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
        drafts.MapGet("/{id}/reach", GetDraftReach).RecordAcrossTowns<AlertDbContext>("draft.read", ExchangePurposes.Emergency);
        drafts.MapPost("/", WriteDraft);
        drafts.MapPost("/preview", PreviewDraft).RecordAcrossTowns<AlertDbContext>("draft.preview", ExchangePurposes.Emergency);
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

        if (!NameFilter.TryRead<DraftStatus>(status, "status", "This draft status is not known.", out var wanted, out refusal))
        {
            return refusal;
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

    /// <summary>Whom an approval would reach now: found by the very conditions by which deliveries are planned.</summary>
    private static async Task<Results<Ok<DraftReachView>, ProblemHttpResult>> GetDraftReach(
        string id, AlertDbContext database, DraftMessage messages, DraftReach reach, HttpContext http, CancellationToken cancellationToken)
        => await database.Drafts.AsNoTracking().FirstOrDefaultAsync(draft => draft.Id == id, cancellationToken) is { } draft
            ? TypedResults.Ok(await reach.ReadAsync(http.CurrentTown(), await messages.OfAsync(http.CurrentTown(), draft, cancellationToken), cancellationToken))
            : Problem.NotFound("unknown-draft", "There is no such draft.", $"'{id}' is not a draft of this municipality.");

    /// <summary>With the header <c>Idempotency-Key</c>, the same request makes one draft: 201 the first time, 200 when it comes again.</summary>
    private static async Task<Results<Created<DraftView>, Ok<DraftView>, ProblemHttpResult>> WriteDraft(
        DraftRequest request, DraftDesk desk, HttpContext http, CancellationToken cancellationToken, [FromHeader(Name = "Idempotency-Key")] string? key = null)
    {
        var town = http.CurrentTown();
        if ((request.Refuse(town) ?? DraftKey.Refuse(key)) is { } refusal)
        {
            return refusal;
        }

        var id = key is null ? null : DraftKey.IdOf(town.Code, http.Subject(), key, request);
        var (draft, isRepeated) = await desk.WriteAsync(town, request, id, http.Subject(), cancellationToken);
        return isRepeated ? TypedResults.Ok(draft) : TypedResults.Created($"{http.Request.Path}/{draft.Id}", draft);
    }

    /// <summary>The words in every language and whom they would reach; nothing is saved.</summary>
    private static async Task<Results<Ok<DraftPreviewView>, ProblemHttpResult>> PreviewDraft(
        DraftRequest request, DraftDesk desk, DraftMessage messages, DraftReach reach, HttpContext http, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        if (request.Refuse(town) is { } refusal)
        {
            return refusal;
        }

        var draft = desk.Compose(town, request, id: null, http.Subject());
        return TypedResults.Ok(new DraftPreviewView(draft.Info, await reach.ReadAsync(town, await messages.OfAsync(town, draft, cancellationToken), cancellationToken)));
    }

    /// <summary>Who wrote it needs a second person, or in an emergency a reason to go without one.</summary>
    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> ApproveDraft(
        string id, DraftDesk desk, HttpContext http, CancellationToken cancellationToken, ApprovalRequest? request = null)
        => request?.Refuse() is { } refusal
            ? refusal
            : await desk.ApproveAsync(http.CurrentTown(), id, http, request?.WithoutSecondPerson, cancellationToken);

    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> RejectDraft(
        string id, DraftDesk desk, HttpContext http, CancellationToken cancellationToken, ReasonRequest? request = null)
        => FreeText.Refuse(("reason", request?.Reason)) is { } refusal
            ? refusal
            : await desk.RejectAsync(http.CurrentTown(), id, http.Subject(), request?.Reason, cancellationToken);
}
