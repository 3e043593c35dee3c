using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Streaming;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Issuing;

/// <summary>
/// Changes an alert in force by hand. Raising, correcting and prolonging happen at once, because no rule may cost minutes; what tells
/// people that there is less danger waits for a second person.
/// </summary>
internal sealed class UpdateDesk(
    AlertDbContext database, AlertIssuer issuer, WordingCatalog wording, CommitSignals signals, IExchangeLog exchange, TimeProvider clock, ILogger<UpdateDesk> log)
{
    public async Task<UpdateOutcome> UpdateAsync(HttpContext http, string id, UpdateRequest request, CancellationToken cancellationToken)
    {
        var (town, officer) = (http.CurrentTown(), http.Subject());
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var chain = await database.Chains.FirstOrDefaultAsync(
            row => database.Messages.Any(message => message.Id == id && message.AlertId == row.AlertId), cancellationToken);
        if (chain is null)
        {
            return new(Reading.AlertEndpoints.Unknown(id));
        }

        if ((NotChangeable(chain) ?? HasChanged(chain, request.IfNewest)) is { } refusal)
        {
            return new(refusal);
        }

        var newest = (await database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken)).ToView(cancelledAt: null);
        var level = request.Level ?? chain.Level!.Value;
        var expires = request.ExpiresAfterSeconds is { } seconds ? CapTime.WholeSeconds(clock.GetUtcNow()).AddSeconds(Math.Floor(seconds)) : chain.Expires;
        var info = WordsOf(town, chain, newest, level, request);
        var isLess = level < chain.Level || expires < chain.Expires;
        if (isLess && !request.WithoutSecondPerson)
        {
            var draft = DraftOf(town, chain, level, (expires - clock.GetUtcNow()).TotalSeconds, info, request.Reason, officer);
            database.Add(draft);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            log.OfficerActed(town.Code, "draft of an update", draft.Id, officer);
            return new(DraftView.Of(draft));
        }

        if (isLess && chain.Status != nameof(CapStatus.Actual))
        {
            return new(Problem.Of(StatusCodes.Status403Forbidden, "second-person-needed", "A second officer must approve this.",
                "Drills and tests have time for a second person. Nothing was changed; send the update without 'withoutSecondPerson' and ask another officer to approve it."));
        }

        if (isLess)
        {
            RecordAlone(http, chain, DraftOf(town, chain, level, (expires - clock.GetUtcNow()).TotalSeconds, info, request.Reason, officer));
        }

        var view = await ApplyAsync(town, chain, newest, level, expires, info, officer, request.Reason?.Trim(), cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        log.OfficerActed(town.Code, "update", chain.AlertId, officer);
        return new(view);
    }

    /// <summary>Does what a second person agreed to, inside that decision's transaction.</summary>
    public async Task<UpdateOutcome> ApproveAsync(Town town, Draft draft, string officer, CancellationToken cancellationToken)
    {
        var chain = await database.Chains.SingleAsync(
            row => database.Messages.Any(message => message.Id == draft.Updates && message.AlertId == row.AlertId), cancellationToken);
        if (NotChangeable(chain) is { } refusal)
        {
            return new(refusal);
        }

        if (chain.NewestMessageId != draft.Updates)
        {
            return new(Problem.Conflict("alert-has-changed", "The alert has changed since this was written.",
                $"It says level {chain.Level} by {chain.NewestMessageId} now, and approving would take that back unseen. Nothing was changed; update it as it is now."));
        }

        var newest = (await database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken)).ToView(cancelledAt: null);
        var expires = CapTime.WholeSeconds(clock.GetUtcNow()).AddSeconds(Math.Floor(draft.ExpiresAfterSeconds));
        return new(await ApplyAsync(town, chain, newest, draft.Level, expires, draft.Info, officer, draft.Explanation, cancellationToken));
    }

    /// <returns>The refusal where the newest message is not the one that the officer saw.</returns>
    internal static ProblemHttpResult? HasChanged(AlertChain chain, string? ifNewest) => ifNewest is null || ifNewest == chain.NewestMessageId
        ? null
        : Problem.Conflict("alert-has-changed", "The alert has changed since you saw it.", $"It says level {chain.Level} by {chain.NewestMessageId} now. Nothing was changed; look at it as it is now.");

    // As a draft that its writer approved: wherever those are told, this is.
    private void RecordAlone(HttpContext http, AlertChain chain, Draft draft)
    {
        (draft.Status, draft.AlertId, draft.Reason, draft.DecidedAt, draft.DecidedBy) = (DraftStatus.Approved, chain.AlertId, draft.Explanation!.Trim(), clock.GetUtcNow(), draft.CreatedBy);
        database.Add(draft);
        exchange.Record(database, http, new ExchangeEntry(chain.Municipality, "alert.lower-alone", ExchangePurposes.Emergency, "alert/" + chain.AlertId) { PurposeText = draft.Reason });
        log.DraftApprovedAlone(chain.Municipality, draft.Id, draft.CreatedBy!);
    }

    private Draft DraftOf(
        Town town, AlertChain chain, int level, double expiresAfterSeconds, IReadOnlyList<AlertInfoView> info, string? reason, string officer) => new()
        {
            Id = DraftBook.NewId(),
            Municipality = town.Code,
            Status = DraftStatus.Pending,
            CapStatus = Enum.Parse<CapStatus>(chain.Status),
            Updates = chain.NewestMessageId,
            Level = level,
            Hazard = chain.Hazard,
            ExpiresAfterSeconds = expiresAfterSeconds,
            Explanation = reason,
            Info = info,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = officer,
        };

    private async Task<AlertView> ApplyAsync(
        Town town, AlertChain chain, AlertView newest, int level, DateTimeOffset expires, IReadOnlyList<AlertInfoView> info, string officer, string? reason,
        CancellationToken cancellationToken)
    {
        if (level != chain.Level)
        {
            // From now on a person answers for the level: rules may raise it, and neither lower it nor end it.
            chain.HeldLevel = level;
        }

        return await issuer.FollowAsync(town, chain, CapMsgType.Update, new AlertContent
        {
            Source = chain.Source,
            Hazard = chain.Hazard,
            Level = level,
            Onset = clock.GetUtcNow(),
            Expires = expires,
            Info = info,
            Area = AlertArea.From(newest.Area),
            DeviceId = newest.DeviceId,
            Explanation = reason ?? newest.Explanation,
            IssuedBy = officer,
            Reason = reason,
        }, cancellationToken);
    }

    // The area does not change, so its words stay; the others follow the level where it does.
    private IReadOnlyList<AlertInfoView> WordsOf(Town town, AlertChain chain, AlertView newest, int level, UpdateRequest request)
    {
        IReadOnlyList<AlertInfoView> words = level == chain.Level ? newest.Info : wording.Describe(new AlertSubject
        {
            Place = town.Name,
            Hazard = chain.Hazard,
            Level = level,
            IsCancel = false,
            At = clock.GetUtcNow(),
        });
        return
        [
            .. words.Select(info => newest.Info.FirstOrDefault(old => old.Language == info.Language) is { } old && old.AreaDescription != info.AreaDescription
                    // What is said aloud names the area too: it is made anew.
                    ? info with { AreaDescription = old.AreaDescription, Spoken = null }
                    : info)
                .Select(info => request.Info.FirstOrDefault(text => text.Language == info.Language)?.Over(info) ?? info),
        ];
    }

    private ProblemHttpResult? NotChangeable(AlertChain chain)
    {
        if (!chain.IsInForce(clock.GetUtcNow()))
        {
            return Problem.Conflict("alert-not-in-force", "This alert is not in force any more.",
                $"{(chain.CancelledAt is { } at ? $"It was cancelled at {at:yyyy-MM-dd HH:mm:ss}." : $"It expired at {chain.Expires:yyyy-MM-dd HH:mm:ss}.")} Nothing was changed; write a draft of a new one.");
        }

        return chain.Origin is null && chain.Level is not null ? null : Problem.Conflict("alert-of-another-authority", "This alert is another authority's.",
            $"{chain.Origin ?? "Its sender"} alone says what it says. Nothing was changed. Hand in their Update, or write an alert of the town's own.");
    }
}

/// <summary>What became of an update: done, waiting for a second person, or refused.</summary>
internal sealed record UpdateOutcome
{
    public UpdateOutcome(AlertView done) => Done = done;

    public UpdateOutcome(DraftView waiting) => Waiting = waiting;

    public UpdateOutcome(ProblemHttpResult refusal) => Refusal = refusal;

    public AlertView? Done { get; }

    public DraftView? Waiting { get; }

    public ProblemHttpResult? Refusal { get; }
}
