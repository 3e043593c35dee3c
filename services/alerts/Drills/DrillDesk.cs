using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drills;

/// <summary>What officers do with drills. Each act is one transaction.</summary>
internal sealed class DrillDesk(AlertDbContext database, DrillStage stage, CommitSignals signals, TimeProvider clock, ILogger<DrillDesk> log)
{
    public async Task<DrillView> PlanAsync(Town town, DrillRequest request, string officer, CancellationToken cancellationToken)
    {
        var drill = new Drill
        {
            Id = "drill-" + DraftBook.NewId(),
            Municipality = town.Code,
            Name = request.Name.Trim(),
            Hazard = request.Hazard,
            State = DrillState.Planned,
            Area = request.Area,
            ExpiresAfterSeconds = request.ExpiresAfterSeconds,
            Sirens = request.Sirens,
            SafetyCheck = request.SafetyCheck,
            StopOnActual = request.StopOnActual,
            StartsAt = request.StartsAt,
            PlannedAt = clock.GetUtcNow(),
            PlannedBy = officer,
        };
        drill.Steps.AddRange(request.Steps.Select((step, index) => new DrillStep
        {
            DrillId = drill.Id,
            Number = index + 1,
            Municipality = town.Code,
            AfterSeconds = step.AfterSeconds,
            Level = step.Level,
            Info = step.Info,
            State = DrillStepState.Waiting,
        }));
        database.Add(drill);
        await database.SaveChangesAsync(cancellationToken);
        log.DrillDecided(town.Code, drill.Id, "planned", officer);
        return drill.ToView();
    }

    public Task<Results<Ok<DrillView>, ProblemHttpResult>> ApproveAsync(Town town, string id, string officer, CancellationToken cancellationToken)
        => ActAsync(id, drill =>
        {
            var now = clock.GetUtcNow();
            if (NotPlanned(drill) is { } decided)
            {
                return Task.FromResult<ProblemHttpResult?>(decided);
            }

            if (drill.PlannedBy == officer)
            {
                return Task.FromResult<ProblemHttpResult?>(Problem.Of(StatusCodes.Status403Forbidden, "second-person-needed", "A second officer must approve this.",
                    "You planned this drill yourself. Nothing was begun; ask another officer to approve it."));
            }

            if (drill.StartsAt <= now)
            {
                return Task.FromResult<ProblemHttpResult?>(Problem.Conflict("drill-time-passed", "The time at which this drill was to begin has passed.",
                    $"It was to begin at {drill.StartsAt:yyyy-MM-dd HH:mm:ss}. Nothing was begun; reject it and plan it anew."));
            }

            drill.DecidedAt = now;
            drill.DecidedBy = officer;
            drill.State = drill.StartsAt is null ? DrillState.Running : DrillState.Approved;
            drill.StartedAt = drill.StartsAt is null ? now : null;
            log.DrillDecided(town.Code, id, "approved", officer);
            return Task.FromResult<ProblemHttpResult?>(null);
        }, cancellationToken);

    public Task<Results<Ok<DrillView>, ProblemHttpResult>> RejectAsync(Town town, string id, string officer, string? reason, CancellationToken cancellationToken)
        => ActAsync(id, drill =>
        {
            if (NotPlanned(drill) is { } decided)
            {
                return Task.FromResult<ProblemHttpResult?>(decided);
            }

            drill.State = DrillState.Rejected;
            drill.DecidedAt = clock.GetUtcNow();
            drill.DecidedBy = officer;
            drill.EndedAt = drill.DecidedAt;
            drill.Reason = reason?.Trim();
            log.DrillDecided(town.Code, id, "rejected", officer);
            return Task.FromResult<ProblemHttpResult?>(null);
        }, cancellationToken);

    /// <summary>Stopping twice is stopping once: two officers may do it at the same time.</summary>
    public Task<Results<Ok<DrillView>, ProblemHttpResult>> StopAsync(Town town, string id, string officer, string? reason, CancellationToken cancellationToken)
        => ActAsync(id, async drill =>
        {
            if (drill.State is DrillState.Approved or DrillState.Running)
            {
                await stage.EndAsync(town, drill, DrillEnd.Officer, officer, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), cancellationToken);
                log.DrillDecided(town.Code, id, "stopped", officer);
                return null;
            }

            return drill.State == DrillState.Stopped ? null : Problem.Conflict("drill-not-running", "This drill does not run.",
                drill.State == DrillState.Planned ? "It waits for approval; reject it instead. Nothing was changed." : $"It is {drill.State}. Nothing was changed.");
        }, cancellationToken);

    private async Task<Results<Ok<DrillView>, ProblemHttpResult>> ActAsync(string id, Func<Drill, Task<ProblemHttpResult?>> act, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await database.Set<Drill>().Include(row => row.Steps).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } drill)
        {
            return DrillEndpoints.Unknown(id);
        }

        if (await act(drill) is { } refusal)
        {
            return refusal;
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        return TypedResults.Ok(drill.ToView());
    }

    private static ProblemHttpResult? NotPlanned(Drill drill) => drill.State == DrillState.Planned ? null
        : Problem.Conflict("drill-already-decided", "This drill is decided already.", $"It is {drill.State}, by {drill.DecidedBy} at {drill.DecidedAt:yyyy-MM-dd HH:mm:ss}. Nothing was changed.");
}
