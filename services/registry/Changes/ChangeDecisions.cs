using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Access;
using SmartCity.Registry.Data;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Planning;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Registry.Changes;

/// <summary>The second person's decision. An approval puts the whole change in force in one transaction, or nothing of it.</summary>
public sealed class ChangeDecisions(RegistryDbContext database, Registrar registrar, Holdings holdings, ExchangeDesk exchange, TimeProvider clock, ILogger<ChangeDecisions> log)
{
    /// <param name="digest">Of the plan that the person saw; null takes the one that was filed.</param>
    public async Task<Results<Ok<ChangeView>, ProblemHttpResult>> ApproveAsync(long id, string? digest, HttpContext http, CancellationToken cancellationToken)
    {
        // The services are asked before the write lock is taken: they may be slow, and others write meanwhile.
        if (await WhyNotAsync(id, digest, http, cancellationToken) is { } early)
        {
            return early;
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var (change, refusal) = await FindAsync(database.Changes, id, http, cancellationToken);
        refusal ??= WhyNot(change!, digest, http);
        if (refusal is not null)
        {
            return refusal;
        }

        var before = await InForceAsync(change!.Municipality, cancellationToken);
        if (await AfterAsync(change, before, cancellationToken) is not { } after)
        {
            return ChangeProblems.Outdated(id);
        }

        change.Version = change.Kind == ChangeKind.Removal
            ? await registrar.RemoveAsync(before!, cancellationToken)
            : await registrar.PutAsync(before, TargetReview.Mark(before, after, http.User.IsOperator() ? change.Plan : null), cancellationToken);
        Decide(change, ChangeStatus.Applied, http.Subject());
        await exchange.AddAcrossAsync(http, change.Municipality, "change.approve", change.ProposedBy, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await registrar.CommittedAsync(cancellationToken);
        log.ChangeApplied(id, change.Municipality, change.Version.Value, change.ProposedBy, http.Subject());
        return TypedResults.Ok(change.ToView());
    }

    public async Task<Results<Ok<ChangeView>, ProblemHttpResult>> RejectAsync(long id, string? reason, HttpContext http, CancellationToken cancellationToken)
    {
        if (FreeText.Refuse(("reason", reason)) is { } unreadable)
        {
            return unreadable;
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var (change, refusal) = await FindAsync(database.Changes, id, http, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        change!.Reason = reason;
        Decide(change, ChangeStatus.Rejected, http.Subject());
        await exchange.AddAcrossAsync(http, change.Municipality, "change.reject", change.ProposedBy, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.ChangeRejected(id, change.Municipality, http.Subject());
        return TypedResults.Ok(change.ToView());
    }

    private static ProblemHttpResult? WhyNot(ChangeRequest change, string? digest, HttpContext http)
        => change.ProposedBy == http.Subject() ? ChangeProblems.SecondPersonNeeded()
            : digest is not null && digest != change.Plan.Digest ? ChangeProblems.OtherPlan(change.Plan.Digest)
            : change.Plan.OperatorNeeded is { } why && !http.User.IsOperator() ? ChangeProblems.OperatorNeeded(why)
            : null;

    private async Task<ProblemHttpResult?> WhyNotAsync(long id, string? digest, HttpContext http, CancellationToken cancellationToken)
    {
        var (change, refusal) = await FindAsync(database.Changes.AsNoTracking(), id, http, cancellationToken);
        refusal ??= WhyNot(change!, digest, http);
        if (refusal is not null || await InForceAsync(change!.Municipality, cancellationToken) is not { } before)
        {
            return refusal;
        }

        if (await AfterAsync(change, before, cancellationToken) is null)
        {
            return ChangeProblems.Outdated(id);
        }

        var lost = ApprovedLosses.NotAgreedTo(change, await holdings.LossesOfAsync(before, change.Plan.Steps, cancellationToken));
        return lost.Count > 0 ? ChangeProblems.WouldDestroyByNow(id, lost) : null;
    }

    private async Task<Town?> InForceAsync(string municipality, CancellationToken cancellationToken)
        => (await database.Towns.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(row => row.Municipality == municipality && !row.IsRemoved, cancellationToken))?.Manifest;

    /// <summary>What the plan leads to from the state as it is, or null where it was made for another one.</summary>
    private async Task<Town?> AfterAsync(ChangeRequest change, Town? before, CancellationToken cancellationToken)
        => Planner.DigestOf(before, change.Kind == ChangeKind.Removal ? null : change.Manifest) == change.Plan.Digest
            ? change.Manifest
            : await OverRegistrationsAsync(change, before, cancellationToken);

    private async Task<Town?> OverRegistrationsAsync(ChangeRequest change, Town? newest, CancellationToken cancellationToken)
    {
        if (newest is null || change.Kind != ChangeKind.Manifest)
        {
            return null;
        }

        var since = await database.Changes.IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Municipality == change.Municipality && row.Id > change.Id && row.Kind == ChangeKind.Registration)
            .Select(row => row.Manifest).ToListAsync(cancellationToken);
        return Rebase.Over(newest, change.Manifest, change.Plan.Digest, since.SelectMany(town => town.Devices).Select(device => device.Id).ToHashSet(StringComparer.Ordinal));
    }

    private void Decide(ChangeRequest change, ChangeStatus status, string person)
    {
        change.Status = status;
        change.DecidedBy = person;
        change.DecidedAt = clock.GetJapanNow();
    }

    // A clerk may take back what they proposed themselves, and decide nothing else.
    private async Task<(ChangeRequest? Change, ProblemHttpResult? Refusal)> FindAsync(IQueryable<ChangeRequest> changes, long id, HttpContext http, CancellationToken cancellationToken)
    {
        var towns = http.User.Towns();
        var change = await changes.IgnoreQueryFilters().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (change is null || towns?.Contains(change.Municipality, StringComparer.Ordinal) == false)
        {
            return (null, ChangeProblems.Unknown(id));
        }

        return change.Status != ChangeStatus.Pending ? (null, ChangeProblems.Decided(change))
            : http.User.MayDecide(change.Municipality) || change.ProposedBy == http.Subject() ? (change, null)
            : (null, ChangeProblems.OfficerNeeded());
    }
}
