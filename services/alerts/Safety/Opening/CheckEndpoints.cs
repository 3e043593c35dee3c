using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety.Opening;

/// <summary>Officers open and close safety checks, real ones and drills.</summary>
internal static class CheckEndpoints
{
    private const int MostHours = 168;

    public static void MapChecks(this RouteGroupBuilder safety)
    {
        safety.MapGet("", GetState);
        var checks = safety.MapGroup("/checks").RequireAuthorization(CityPolicies.Officer);
        checks.MapPost("/", OpenCheck);
        checks.MapPost("/{id}/close", CloseCheck);
    }

    /// <summary>Whether one can report now, and what a report may say.</summary>
    private static async Task<Ok<SafetyState>> GetState(SafetyDoor door, CancellationToken cancellationToken)
        => TypedResults.Ok(await door.ReadAsync(cancellationToken));

    private static async Task<Results<Created<SafetyState>, ProblemHttpResult>> OpenCheck(
        CheckRequest request, AlertDbContext database, SafetyDoor door, IOptions<SafetyOptions> options, HttpContext http, TimeProvider clock,
        ILogger<SafetyCheck> log, CancellationToken cancellationToken)
    {
        var hours = request.Hours ?? options.Value.CheckHours;
        if (hours is < 1 or > MostHours)
        {
            return Problem.Unprocessable("check-hours-out-of-range", "A check is open for 1 to 168 hours.", $"{hours} hours are not. Nothing was opened.");
        }

        var check = new SafetyCheck
        {
            Id = DraftBook.NewId(),
            Municipality = http.CurrentTown().Code,
            IsExercise = request.IsExercise,
            OpenedAt = clock.GetUtcNow(),
            OpenedBy = http.Subject(),
            ClosesAt = clock.GetUtcNow().AddHours(hours),
        };
        database.Set<SafetyCheck>().Add(check);
        await database.SaveChangesAsync(cancellationToken);
        log.CheckOpened(check.Municipality, check.Id, check.IsExercise, check.OpenedBy);
        return TypedResults.Created($"{http.Request.Path}/{check.Id}", await door.ReadAsync(cancellationToken));
    }

    /// <summary>Closing twice is closing once: two officers may do it at the same time.</summary>
    private static async Task<Results<Ok<SafetyState>, ProblemHttpResult>> CloseCheck(
        string id, AlertDbContext database, SafetyDoor door, HttpContext http, TimeProvider clock, ILogger<SafetyCheck> log, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await database.Set<SafetyCheck>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } check)
        {
            return Problem.NotFound("unknown-safety-check", "There is no such safety check.", $"'{id}' is not a safety check of this municipality. Nothing was closed.");
        }

        if (check.End > clock.GetUtcNow())
        {
            check.ClosedAt = clock.GetUtcNow();
            check.ClosedBy = http.Subject();
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            log.CheckClosed(check.Municipality, check.Id, check.ClosedBy);
        }

        return TypedResults.Ok(await door.ReadAsync(cancellationToken));
    }
}

/// <param name="IsExercise">A drill.</param>
/// <param name="Hours">1 to 168; the configured time when left out.</param>
public sealed record CheckRequest(bool IsExercise, int? Hours = null);
