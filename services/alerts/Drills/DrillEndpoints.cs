using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Drills;

/// <summary>Drills: officers of the town.</summary>
internal static class DrillEndpoints
{
    public static void MapDrills(this IEndpointRouteBuilder town)
    {
        var drills = town.MapGroup("/drills").RequireAuthorization(CityPolicies.Officer);
        drills.MapGet("/", ListDrills).RecordAcrossTowns<AlertDbContext>("drill.read", ExchangePurposes.Emergency);
        drills.MapGet("/{id}", GetDrill).RecordAcrossTowns<AlertDbContext>("drill.read", ExchangePurposes.Emergency);
        drills.MapPost("/", PlanDrill).RecordAcrossTowns<AlertDbContext>("drill.plan", ExchangePurposes.Emergency);
        drills.MapPost("/{id}/approve", ApproveDrill).RecordAcrossTowns<AlertDbContext>("drill.approve", ExchangePurposes.Emergency);
        drills.MapPost("/{id}/stop", StopDrill).RecordAcrossTowns<AlertDbContext>("drill.stop", ExchangePurposes.Emergency);
        drills.MapPost("/{id}/reject", RejectDrill).RecordAcrossTowns<AlertDbContext>("drill.reject", ExchangePurposes.Emergency);
    }

    public static ProblemHttpResult Unknown(string id) => Problem.NotFound("unknown-drill", "There is no such drill.", $"'{id}' is not a drill of this municipality.");

    /// <summary>Newest first; <c>?state=Planned</c> for those that wait for approval.</summary>
    private static async Task<Results<Ok<Page<DrillView>>, ProblemHttpResult>> ListDrills(
        AlertDbContext database, CancellationToken cancellationToken, string? state = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (!NameFilter.TryRead<DrillState>(state, "state", "This state of a drill is not known.", out var wanted, out refusal))
        {
            return refusal;
        }

        var skip = Paging.Offset(after);
        var rows = await database.Set<Drill>().AsNoTracking().Include(row => row.Steps)
            .Where(row => wanted == null || row.State == wanted)
            .OrderByDescending(row => row.PlannedAt).ThenBy(row => row.Id)
            .Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(row => row.ToView())], skip, take));
    }

    private static async Task<Results<Ok<DrillView>, ProblemHttpResult>> GetDrill(string id, AlertDbContext database, CancellationToken cancellationToken)
        => await database.Set<Drill>().AsNoTracking().Include(row => row.Steps).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } drill
            ? TypedResults.Ok(drill.ToView())
            : Unknown(id);

    /// <summary>Nothing happens before a second person approves it.</summary>
    private static async Task<Results<Created<DrillView>, ProblemHttpResult>> PlanDrill(
        DrillRequest request, DrillDesk desk, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        if (request.Refuse(http.CurrentTown(), clock.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        var drill = await desk.PlanAsync(http.CurrentTown(), request, http.Subject(), cancellationToken);
        return TypedResults.Created($"{http.Request.Path}/{drill.Id}", drill);
    }

    /// <summary>By another officer than the planner. Without a time of its own the drill begins with it.</summary>
    private static Task<Results<Ok<DrillView>, ProblemHttpResult>> ApproveDrill(string id, DrillDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.ApproveAsync(http.CurrentTown(), id, http.Subject(), cancellationToken);

    /// <summary>By any officer, alone: what is in force of it is cancelled at once.</summary>
    private static async Task<Results<Ok<DrillView>, ProblemHttpResult>> StopDrill(
        string id, DrillDesk desk, HttpContext http, CancellationToken cancellationToken, ReasonRequest? request = null)
        => FreeText.Refuse(("reason", request?.Reason)) is { } refusal ? refusal : await desk.StopAsync(http.CurrentTown(), id, http.Subject(), request?.Reason, cancellationToken);

    private static async Task<Results<Ok<DrillView>, ProblemHttpResult>> RejectDrill(
        string id, DrillDesk desk, HttpContext http, CancellationToken cancellationToken, ReasonRequest? request = null)
        => FreeText.Refuse(("reason", request?.Reason)) is { } refusal ? refusal : await desk.RejectAsync(http.CurrentTown(), id, http.Subject(), request?.Reason, cancellationToken);
}
