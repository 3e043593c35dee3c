using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Streaming;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drafts;

/// <summary>What officers do with drafts. Each act is one transaction.</summary>
internal sealed class DraftDesk(
    AlertDbContext database,
    IncidentDesk incidents,
    AlertIssuer issuer,
    UpdateDesk updates,
    WordingCatalog wording,
    CommitSignals signals,
    IExchangeLog exchange,
    TimeProvider clock,
    ILogger<DraftDesk> log)
{
    /// <param name="id">Given where the same may come twice; it is then written once.</param>
    /// <returns>The draft, and whether it was there already.</returns>
    public async Task<(DraftView Draft, bool IsRepeated)> WriteAsync(Town town, DraftRequest request, string? id, string officer, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (id is not null && await database.Drafts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
        {
            return (DraftView.Of(known), true);
        }

        var draft = Compose(town, request, id, officer);
        database.Drafts.Add(draft);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.OfficerActed(town.Code, "draft", draft.Id, officer);
        return (DraftView.Of(draft), false);
    }

    /// <summary>A draft as it would be written, in every language.</summary>
    public Draft Compose(Town town, DraftRequest request, string? id, string officer)
    {
        var now = clock.GetUtcNow();
        var official = wording.Describe(new AlertSubject
        {
            Place = town.Name,
            Hazard = request.Hazard,
            Level = request.Level,
            IsCancel = false,
            At = now,
            IsPart = request.Area is not null,
        });
        return new Draft
        {
            Id = id ?? DraftBook.NewId(),
            Municipality = town.Code,
            Status = DraftStatus.Pending,
            CapStatus = request.Status,
            Area = request.Area,
            Sirens = request.Sirens,
            Level = request.Level,
            Hazard = request.Hazard,
            ExpiresAfterSeconds = request.ExpiresAfterSeconds,
            Info = [.. official.Select(info => request.Info.FirstOrDefault(text => text.Language == info.Language)?.Over(info) ?? info)],
            CreatedAt = now,
            CreatedBy = officer,
        };
    }

    /// <param name="alone">Why no second person is waited for, or null.</param>
    public Task<Results<Ok<DraftView>, ProblemHttpResult>> ApproveAsync(Town town, string id, HttpContext http, string? alone, CancellationToken cancellationToken)
    {
        var officer = http.Subject();
        return DecideAsync(id, officer, async draft =>
        {
            var isOwn = draft.CreatedBy == officer;
            if (isOwn && SecondPersonNeeded(draft, alone) is { } needed)
            {
                return needed;
            }

            if (draft.Updates is not null)
            {
                var outcome = await updates.ApproveAsync(town, draft, officer, cancellationToken);
                if (outcome.Refusal is { } refusal)
                {
                    return refusal;
                }

                draft.AlertId = outcome.Done!.AlertId;
            }
            else
            {
                draft.AlertId = draft.RuleId is null
                    ? issuer.Issue(town, draft.ToContent(clock.GetUtcNow(), officer)).AlertId
                    : await ApproveRuleAsync(town, draft, officer, cancellationToken);
            }

            draft.Status = DraftStatus.Approved;
            if (isOwn)
            {
                draft.Reason = alone!.Trim();
                exchange.Record(database, http, new ExchangeEntry(town.Code, "draft.approve-alone", ExchangePurposes.Emergency, "draft/" + id) { PurposeText = draft.Reason });
                log.DraftApprovedAlone(town.Code, id, officer);
            }

            log.OfficerActed(town.Code, "approval", id, officer);
            return null;
        }, cancellationToken);
    }

    public Task<Results<Ok<DraftView>, ProblemHttpResult>> RejectAsync(Town town, string id, string officer, string? reason, CancellationToken cancellationToken)
        => DecideAsync(id, officer, async draft =>
        {
            draft.Status = DraftStatus.Rejected;
            draft.Reason = reason;
            if (draft is { DeviceId: not null, RuleId: not null } && await RuleAsync(draft, cancellationToken) is { } rule)
            {
                rule.Standing = RuleStanding.Dismissed;
            }

            log.OfficerActed(town.Code, "rejection", id, officer);
            return null;
        }, cancellationToken);

    private async Task<Results<Ok<DraftView>, ProblemHttpResult>> DecideAsync(
        string id, string officer, Func<Draft, Task<ProblemHttpResult?>> decide, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var draft = await database.Drafts.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (draft is null)
        {
            return Problem.NotFound("unknown-draft", "There is no such draft.", $"'{id}' is not a draft of this municipality.");
        }

        if (draft.Status != DraftStatus.Pending)
        {
            return Problem.Conflict("draft-already-decided", "This draft is decided already.",
                $"It is {draft.Status} since {draft.DecidedAt:yyyy-MM-dd HH:mm:ss}, by {draft.DecidedBy ?? "its rule, which cleared"}. Nothing was changed.");
        }

        if (await decide(draft) is { } refusal)
        {
            return refusal;
        }

        draft.DecidedAt = clock.GetUtcNow();
        draft.DecidedBy = officer;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        return TypedResults.Ok(DraftView.Of(draft));
    }

    private async Task<string?> ApproveRuleAsync(Town town, Draft draft, string officer, CancellationToken cancellationToken)
    {
        var rules = await incidents.RulesOfAsync(draft.DeviceId!, cancellationToken);
        var rule = rules.Single(row => row.RuleId == draft.RuleId);
        var chain = await incidents.ChainInForceAsync(rule.DeviceId, rule.Hazard, cancellationToken);
        var steps = new Incident([.. rules.Where(row => row.Hazard == rule.Hazard)], chain?.Level, chain?.HeldLevel is not null).Approve(rule);
        return await incidents.DoAsync(town, chain, rule, steps, officer, cancellationToken);
    }

    // No rule may cost minutes when water is rising; a drill has them.
    private static ProblemHttpResult? SecondPersonNeeded(Draft draft, string? alone) => draft.CapStatus == CapStatus.Actual && alone is not null ? null
        : Problem.Of(StatusCodes.Status403Forbidden, "second-person-needed", "A second officer must approve this.",
            draft.CapStatus == CapStatus.Actual
                ? "You wrote this draft yourself. Nothing was published; ask another officer to approve it, or where none can be reached in time, give the reason as 'withoutSecondPerson'."
                : "You wrote this draft yourself, and a drill or test can wait. Nothing was published; ask another officer to approve it.");

    private Task<RuleState?> RuleAsync(Draft draft, CancellationToken cancellationToken)
        => database.RuleStates.FirstOrDefaultAsync(row => row.DeviceId == draft.DeviceId && row.RuleId == draft.RuleId, cancellationToken);
}
