using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Safety.Reports;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety.Rescue;

/// <summary>What officers do about a call for help. Each act is one transaction.</summary>
public sealed class RescueDesk(AlertDbContext database, IExchangeLog exchange, TimeProvider clock, ILogger<RescueDesk> log)
{
    /// <summary>Sets how far help is; two cars are not sent because two officers did not see each other.</summary>
    public async Task<Results<Ok<RescueState>, ProblemHttpResult>> SetAsync(HttpContext http, string id, RescueRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await FindAsync(id, cancellationToken) is not { } report)
        {
            return Unknown(id);
        }

        var officer = http.Subject();
        if (report.Rescue == request.Status && report.RescueBy == officer)
        {
            // The answer to the first attempt may have been lost.
            return TypedResults.Ok(report.ToRescue());
        }

        if (Conflict(report, request, officer) is { } conflict)
        {
            return conflict;
        }

        (report.Rescue, report.RescueAt, report.RescueBy) = (request.Status, clock.GetUtcNow(), officer);
        report.Version++;
        database.Set<RescueStep>().Add(new RescueStep
        {
            Municipality = report.Municipality,
            ReportId = report.Id,
            Rescue = report.Rescue,
            At = report.RescueAt.Value,
            TakenBy = officer,
        });
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.RescueSet(report.Municipality, report.Id, report.Rescue, officer);
        return TypedResults.Ok(report.ToRescue());
    }

    /// <summary>What was done for one call, oldest first.</summary>
    public async Task<Results<Ok<IReadOnlyList<RescueState>>, ProblemHttpResult>> StepsAsync(string id, CancellationToken cancellationToken)
    {
        if (!await database.Set<SafetyReport>().AnyAsync(row => row.Id == id, cancellationToken))
        {
            return Unknown(id);
        }

        var steps = await database.Set<RescueStep>().AsNoTracking().Where(row => row.ReportId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RescueState>>([.. steps.Select((step, index) => new RescueState(id, step.Rescue, step.At, step.TakenBy, index + 1))]);
    }

    /// <summary>Deletes what somebody said, at their wish; the exchange log keeps that it was done.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } report)
        {
            return Unknown(id);
        }

        database.Remove(report);
        exchange.Record(database, http, new ExchangeEntry(http.CurrentTown().Code, "safety-report.delete", ExchangePurposes.CounterService, "safety-report/" + id));
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult? Conflict(SafetyReport report, RescueRequest request, string officer)
    {
        var current = new Dictionary<string, object?>(StringComparer.Ordinal) { ["current"] = report.ToRescue() };
        if (report.Status != SafetyStatus.NeedHelp)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "help-not-asked", "These people do not ask for help any more.",
                $"They report safe since {report.UpdatedAt:yyyy-MM-dd HH:mm:ss}. Nothing was changed.", current);
        }

        var isUnseen = request.Version is { } version ? version != report.Version : report.RescueBy is not null && report.RescueBy != officer;
        return isUnseen
            ? Problem.Of(StatusCodes.Status409Conflict, "rescue-changed-meanwhile", "This call was changed meanwhile.",
                string.Create(CultureInfo.InvariantCulture, $"It is '{report.Rescue}'{(report.RescueBy is { } by ? $", set by {by} at {report.RescueAt:yyyy-MM-dd HH:mm:ss}" : "")}. Nothing of yours was saved. Look at it and, if it is still needed, set it again with version {report.Version}."), current)
            : null;
    }

    private Task<SafetyReport?> FindAsync(string id, CancellationToken cancellationToken)
        => database.Set<SafetyReport>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    private static ProblemHttpResult Unknown(string id)
        => Problem.NotFound("unknown-safety-report", "There is no such report.", $"'{id}' is not a report of this municipality; it may have been deleted. Nothing was changed.");
}
