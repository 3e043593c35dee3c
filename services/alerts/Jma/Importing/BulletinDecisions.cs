using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>What officers do with bulletins that wait for them. Each act is one transaction.</summary>
public sealed class BulletinDecisions(AlertDbContext database, JmaDesk desk, CommitSignals signals, TimeProvider clock, ILogger<BulletinDecisions> log)
{
    public async Task<Results<Ok<BulletinAnswer>, ProblemHttpResult>> PublishAsync(Town town, string id, string officer, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var (row, refusal) = await WaitingAsync(id, cancellationToken);
        if (row is null)
        {
            return refusal!;
        }

        if (row.Expires <= clock.GetUtcNow())
        {
            return Problem.Conflict("bulletin-over", "This bulletin is over.", $"It was over at {row.Expires:yyyy-MM-dd HH:mm:ss}. Nothing was published.");
        }

        var bulletin = TownBulletin.Of(town, JmaReader.Read(row.Content!).Report!);
        var answer = await desk.PublishWaitingAsync(row, bulletin, officer, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        log.BulletinDecided(town.Code, "publishing", id, officer);
        return TypedResults.Ok(answer);
    }

    public async Task<Results<Ok<BulletinView>, ProblemHttpResult>> IgnoreAsync(Town town, string id, string officer, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var (row, refusal) = await WaitingAsync(id, cancellationToken);
        if (row is null)
        {
            return refusal!;
        }

        row.Outcome = BulletinOutcome.Ignored;
        row.Explanation = "An officer decided that it is not published.";
        row.DecidedBy = officer;
        row.Content = null;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.BulletinDecided(town.Code, "ignoring", id, officer);
        return TypedResults.Ok(BulletinView.Of(row));
    }

    private async Task<(BulletinRow? Row, ProblemHttpResult? Refusal)> WaitingAsync(string id, CancellationToken cancellationToken)
        => await database.Set<BulletinRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) switch
        {
            null => (null, Problem.NotFound("unknown-bulletin", "There is no such bulletin.", $"'{id}' is not a bulletin of this municipality.")),
            { Outcome: not BulletinOutcome.Waiting } decided => (null, Problem.Conflict("bulletin-not-waiting", "This bulletin does not wait for an officer.",
                $"It is {decided.Outcome}: {decided.Explanation} Nothing was changed.")),
            var row => (row, null),
        };
}
