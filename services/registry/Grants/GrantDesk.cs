using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Data;
using SmartCity.Registry.Exchange;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Registry.Grants;

/// <summary>Gives and ends grants, each in one transaction with its record in the exchange log.</summary>
public sealed class GrantDesk(RegistryDbContext database, ExchangeDesk exchange, TimeProvider clock)
{
    internal async Task<GrantView> GiveAsync(string municipality, GrantRequest request, Requester by, HttpContext http, CancellationToken cancellationToken)
    {
        var grant = new GrantRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            Municipality = municipality,
            Subject = GrantRules.SubjectOf(request, by),
            Actor = GrantRules.ActorOf(request, by),
            Kind = GrantRules.KindOf(request, by),
            Scopes = [.. request.Scopes!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Purpose = request.Purpose!.Trim(),
            Evidence = request.Evidence ?? GrantEvidence.SignedIn,
            CreatedBy = by.Subject,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = request.ExpiresAt!.Value,
        };
        if (!GrantRules.NeedsConfirmation(grant))
        {
            (grant.ConfirmedAt, grant.ConfirmedBy) = (grant.CreatedAt, grant.CreatedBy);
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        database.Add(grant);
        await RecordAsync("grant.created", grant, by.IsStaff, http, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return grant.ToView(clock.GetUtcNow());
    }

    /// <summary>The resident, or a second member of staff, agrees to what staff wrote down. Confirmed again, it is as it was.</summary>
    internal async Task<Results<Ok<GrantView>, ProblemHttpResult>> ConfirmAsync(string municipality, string id, HttpContext http, CancellationToken cancellationToken)
    {
        var (person, isStaff) = (http.Subject(), Requester.IsStaffOf(http.User, municipality));
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var grant = await database.Set<GrantRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (grant is null || !grant.IsKnownTo(person, isStaff))
        {
            return GrantProblems.Unknown();
        }

        var state = grant.StateAt(clock.GetUtcNow());
        if (state is GrantState.Ended or GrantState.Expired)
        {
            return GrantProblems.Over(state);
        }

        if (state == GrantState.Unconfirmed)
        {
            if (person == grant.CreatedBy || person == grant.Actor)
            {
                return GrantProblems.SecondPersonNeeded();
            }

            (grant.ConfirmedAt, grant.ConfirmedBy) = (clock.GetUtcNow(), person);
            await RecordAsync("grant.confirmed", grant, isStaff, http, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(grant.ToView(clock.GetUtcNow()));
    }

    internal async Task<Results<Ok<GrantView>, ProblemHttpResult>> RevokeAsync(string municipality, string id, HttpContext http, CancellationToken cancellationToken)
    {
        var person = http.Subject();
        var isStaff = Requester.IsStaffOf(http.User, municipality);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var grant = await database.Set<GrantRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (grant is null || !grant.IsKnownTo(person, isStaff))
        {
            return GrantProblems.Unknown();
        }

        // Ending what has ended changes nothing.
        if (grant.RevokedAt is null)
        {
            (grant.RevokedAt, grant.RevokedBy) = (clock.GetUtcNow(), person);
            await RecordAsync(grant.ConfirmedAt is null && person == grant.Subject ? "grant.refused" : "grant.revoked", grant, isStaff, http, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(grant.ToView(clock.GetUtcNow()));
    }

    private Task RecordAsync(string operation, GrantRow grant, bool isStaff, HttpContext http, CancellationToken cancellationToken)
    {
        var purpose = isStaff ? ExchangePurposes.CounterService : http.Subject() == grant.Subject ? ExchangePurposes.OwnRequest : ExchangePurposes.OnBehalf;
        return exchange.AddAsync(http, new ExchangeEntry(grant.Municipality, operation, purpose, grant.Subject) { PurposeText = grant.Purpose }, cancellationToken);
    }
}

/// <summary>The registry knows the grants itself.</summary>
internal sealed class StoredGrants(IServiceScopeFactory scopes, TimeProvider clock) : IGrantDirectory
{
    public async Task<IReadOnlyList<GrantView>> FindAsync(string actor, string subject, string scope, CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        // A daughter acts for her father whose town is not hers: the two people decide, not the town of the request.
        var rows = await services.ServiceProvider.GetRequiredService<RegistryDbContext>().Set<GrantRow>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Actor == actor && row.Subject == subject && row.RevokedAt == null && row.ConfirmedAt != null && row.ExpiresAt > now)
            .ToListAsync(cancellationToken);
        return [.. rows.Where(row => row.Scopes.Contains(scope, StringComparer.Ordinal)).Select(row => row.ToView(now))];
    }
}
