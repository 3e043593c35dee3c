using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Data;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Files;
using SmartCity.Registry.Manifests;
using SmartCity.Registry.Planning;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Registry.Changes;

/// <summary>Plans and files changes. Nothing is in force before a second person has agreed (<see cref="ChangeDecisions"/>).</summary>
public sealed class ChangeDesk(RegistryDbContext database, Planner planner, FileReview files, InstalledServices installed, ExchangeDesk exchange, TimeProvider clock, ILogger<ChangeDesk> log)
{
    /// <summary>The municipality as it is in force, or null.</summary>
    public async Task<Town?> InForceAsync(string municipality, CancellationToken cancellationToken)
        => (await database.Towns.AsNoTracking().FirstOrDefaultAsync(row => row.Municipality == municipality && !row.IsRemoved, cancellationToken))?.Manifest;

    /// <summary>Reads a manifest and says what it would change.</summary>
    public async Task<Results<Ok<PlannedChange>, ProblemHttpResult>> PlanAsync(string municipality, string text, CancellationToken cancellationToken)
    {
        var before = await InForceAsync(municipality, cancellationToken);
        var read = ManifestReader.Read(text, before);
        var notices = read.Notices.Concat(await files.CheckAsync(before, read.Town, cancellationToken)).ToList();
        if (read.Town is not null && read.Town.Code != municipality)
        {
            return ManifestProblems.OfAnotherTown(read.Town.Code, municipality);
        }

        if (read.Town is null || notices.Exists(notice => notice.Severity == Contracts.NoticeSeverity.Error))
        {
            return ManifestProblems.Refused(notices);
        }

        notices.AddRange(NameReview.Check(before, read.Town));
        notices.AddRange(installed.Check(read.Town));
        var after = TargetReview.Mark(before, read.Town, agreed: null);
        return TypedResults.Ok(new PlannedChange(after, await planner.MakeAsync(before, after, notices, cancellationToken)));
    }

    /// <summary>Files a change for a second person. The same change, filed again while it waits, is the one that waits.</summary>
    public async Task<Results<Accepted<ChangeView>, ProblemHttpResult>> FileAsync(
        PlannedChange planned, ChangeKind kind, bool allowDestroy, HttpContext http, CancellationToken cancellationToken)
    {
        var plan = planned.Plan;
        if (plan.Losses.Count > 0 && !allowDestroy)
        {
            return ManifestProblems.WouldDestroy(plan);
        }

        var person = http.Subject();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        await exchange.AddAcrossAsync(http, plan.Municipality, "change.propose", null, cancellationToken);
        var pending = await database.Changes.Where(row => row.Municipality == plan.Municipality && row.Status == ChangeStatus.Pending).ToListAsync(cancellationToken);
        var change = pending.Find(row => row.Plan.Digest == plan.Digest && row.ProposedBy == person && row.AllowDestroy == allowDestroy);
        if (change is null)
        {
            change = new ChangeRequest
            {
                Municipality = plan.Municipality,
                Kind = kind,
                Status = ChangeStatus.Pending,
                Manifest = planned.Town,
                Plan = plan,
                AllowDestroy = allowDestroy,
                ProposedBy = person,
                ProposedAt = clock.GetJapanNow(),
            };
            database.Changes.Add(change);
            await database.SaveChangesAsync(cancellationToken);
            log.ChangeFiled(change.Id, change.Municipality, plan.Counts.Add, plan.Counts.Change, plan.Counts.Remove, person);
        }

        await transaction.CommitAsync(cancellationToken);

        return TypedResults.Accepted($"/api/registry/changes/{change.Id}", change.ToView());
    }
}

/// <param name="Town">The municipality as it would be.</param>
public sealed record PlannedChange(Town Town, Plan Plan);
