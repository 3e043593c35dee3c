using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Safety.Opening;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Drills;

/// <summary>What a drill issues, opens and ends, inside the caller's write transaction. All of it is of status Exercise.</summary>
internal sealed class DrillStage(AlertDbContext database, AlertIssuer issuer, RuleContent endings, WordingCatalog wording, TimeProvider clock, ILogger<DrillStage> log)
{
    private const string StoppedByAlert = "本物の警報が出たため、訓練を終わります。 A real alert was issued; the drill ends.";

    /// <summary>Announces a step's level: the first begins the drill's alert, the others update it.</summary>
    public async Task AnnounceAsync(Town town, Drill drill, DrillStep step, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var official = wording.Describe(new AlertSubject { Place = town.Name, Hazard = drill.Hazard, Level = step.Level!.Value, IsCancel = false, At = now, IsPart = drill.Area is not null });
        var lastStep = drill.StartedAt!.Value.AddSeconds(drill.LastsSeconds);
        var content = new AlertContent
        {
            Source = drill.Source,
            Hazard = drill.Hazard,
            Level = step.Level,
            Status = CapStatus.Exercise,
            Onset = now,
            Expires = CapTime.WholeSeconds((lastStep > now ? lastStep : now).AddSeconds(drill.ExpiresAfterSeconds)),
            Info = [.. official.Select(info => step.Info.FirstOrDefault(text => text.Language == info.Language)?.Over(info) ?? info)],
            Area = drill.Area?.ToAlertArea() ?? AlertArea.WholeTown,
            Explanation = wording.MarkOf(CapStatus.Exercise, "ja") + drill.Name,
            IssuedBy = drill.DecidedBy,
        };
        var chain = await ChainAsync(drill, cancellationToken);
        var view = chain is null ? issuer.Issue(town, content) : await issuer.FollowAsync(town, chain, CapMsgType.Update, content, cancellationToken);
        drill.AlertId = view.AlertId;
        Done(drill, step, view.Id);
        OpenCheck(drill);
    }

    /// <summary>Ends the drill's alert as its script says.</summary>
    public async Task CancelAsync(Town town, Drill drill, DrillStep step, CancellationToken cancellationToken)
    {
        if (await ChainAsync(drill, cancellationToken) is not { } chain)
        {
            Skip(drill, step, "nothing-to-cancel", 0);
            return;
        }

        Done(drill, step, await EndChainAsync(town, drill, chain, reason: null, step.Info, cancellationToken));
    }

    public void Skip(Drill drill, DrillStep step, string why, double lateSeconds)
    {
        step.State = DrillStepState.Skipped;
        step.At = clock.GetUtcNow();
        step.Why = why;
        step.LateSeconds = lateSeconds;
        log.StepSkipped(drill.Municipality, drill.Id, step.Number, why, lateSeconds);
    }

    /// <summary>Ends the drill: what is in force of it is cancelled, what it has not done it will not do.</summary>
    /// <param name="officer">Token subject of who stopped it, or null.</param>
    /// <param name="reason">Their words, or the alert that stopped it.</param>
    public async Task EndAsync(Town town, Drill drill, string why, string? officer, string? reason, CancellationToken cancellationToken)
    {
        foreach (var step in drill.Steps.Where(step => step.State == DrillStepState.Waiting))
        {
            step.State = DrillStepState.Skipped;
            step.At = clock.GetUtcNow();
            step.Why = "drill-over";
        }

        if (why != DrillEnd.Script && await ChainAsync(drill, cancellationToken) is { } chain)
        {
            await EndChainAsync(town, drill, chain, why == DrillEnd.ActualAlert ? StoppedByAlert : reason, [], cancellationToken, officer);
        }

        if (drill.SafetyCheckId is { } id && await database.Set<SafetyCheck>().FirstOrDefaultAsync(check => check.Id == id, cancellationToken) is { ClosedAt: null } open && open.End > clock.GetUtcNow())
        {
            open.ClosedAt = clock.GetUtcNow();
            open.ClosedBy = officer ?? drill.DecidedBy;
        }

        drill.State = why == DrillEnd.Script ? DrillState.Ended : DrillState.Stopped;
        drill.EndedAt = clock.GetUtcNow();
        drill.EndedBy = officer;
        drill.EndedWhy = why;
        drill.Reason = reason ?? drill.Reason;
        log.DrillOver(drill.Municipality, drill.Id, why);
    }

    /// <summary>The drill's alert while it is in force.</summary>
    public async Task<AlertChain?> ChainAsync(Drill drill, CancellationToken cancellationToken)
        => drill.AlertId is { } id && await database.Chains.FirstOrDefaultAsync(row => row.AlertId == id, cancellationToken) is { } chain && chain.IsInForce(clock.GetUtcNow()) ? chain : null;

    /// <summary>The message by which somebody else than the drill ended its alert, or null.</summary>
    public async Task<AlertMessage?> CancelledByHandAsync(Drill drill, CancellationToken cancellationToken)
    {
        if (drill.AlertId is null || await database.Chains.AsNoTracking().FirstOrDefaultAsync(row => row.AlertId == drill.AlertId, cancellationToken) is not { CancelledAt: not null } chain)
        {
            return null;
        }

        return drill.Steps.Exists(step => step.MessageId == chain.NewestMessageId) ? null
            : await database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken);
    }

    private async Task<string> EndChainAsync(
        Town town, Drill drill, AlertChain chain, string? reason, IReadOnlyList<DraftText> words, CancellationToken cancellationToken, string? officer = null)
    {
        var newest = (await database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken)).ToView(cancelledAt: null);
        var mark = wording.MarkOf(CapStatus.Exercise, "ja");
        var content = endings.Ended(town, chain, newest, officer ?? drill.DecidedBy!, mark + (reason ?? drill.Name));
        content = content with
        {
            Reason = reason is null ? null : mark + reason,
            Info = [.. content.Info.Select(info => words.FirstOrDefault(text => text.Language == info.Language)?.Over(info) ?? info)],
        };
        return (await issuer.FollowAsync(town, chain, CapMsgType.Cancel, content, cancellationToken)).Id;
    }

    private void OpenCheck(Drill drill)
    {
        if (!drill.SafetyCheck || drill.SafetyCheckId is not null)
        {
            return;
        }

        drill.SafetyCheckId = DraftBook.NewId();
        database.Add(new SafetyCheck
        {
            Id = drill.SafetyCheckId,
            Municipality = drill.Municipality,
            IsExercise = true,
            OpenedAt = clock.GetUtcNow(),
            OpenedBy = drill.DecidedBy!,
            ClosesAt = clock.GetUtcNow().AddSeconds(drill.LastsSeconds + drill.ExpiresAfterSeconds),
        });
    }

    private void Done(Drill drill, DrillStep step, string messageId)
    {
        step.State = DrillStepState.Issued;
        step.At = clock.GetUtcNow();
        step.MessageId = messageId;
        log.StepIssued(drill.Municipality, drill.Id, step.Number, messageId);
    }
}
