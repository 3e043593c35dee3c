using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety.Rescue;

/// <summary>Names for officers, numbers for all staff.</summary>
internal static class RescueEndpoints
{
    private const int MostOnPaper = 5000;

    public static void MapRescue(this RouteGroupBuilder safety)
    {
        safety.MapGet("/counts", Count).RequireAuthorization(CityPolicies.Staff);
        var list = safety.MapGroup("/rescue-list").RequireAuthorization(CityPolicies.Officer);
        list.MapGet("/", List);
        list.MapGet("/export.csv", Export);
        list.MapPut("/{id}", SetRescue);
        list.MapGet("/{id}/steps", ListSteps);
        list.MapDelete("/{id}", Erase);
    }

    private static async Task<Ok<SafetyCounts>> Count(RescueList list, CancellationToken cancellationToken, bool? exercise = null)
        => TypedResults.Ok(await list.CountAsync(exercise, cancellationToken));

    /// <summary><c>?status=waiting</c> and the like for some; <c>?exercise=true</c> for a drill's while something real is going on.</summary>
    private static async Task<Results<Ok<Page<RescueRow>>, ProblemHttpResult>> List(
        RescueList list, HttpContext http, CancellationToken cancellationToken,
        bool? exercise = null, string? status = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal) || !IsStatus(status, out refusal))
        {
            return refusal;
        }

        http.Response.Headers.CacheControl = "no-store";
        var skip = Paging.Offset(after);
        return TypedResults.Ok(Paging.ByOffset(await list.ReadAsync(http, "rescue-list.read", exercise, status, skip, take + 1, cancellationToken), skip, take));
    }

    /// <summary>The whole list as CSV: UTF-8, or <c>?encoding=shift_jis</c>.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Export(
        RescueList list, HttpContext http, TimeProvider clock, CancellationToken cancellationToken, bool? exercise = null, string? status = null, string? encoding = null)
    {
        var isShiftJis = encoding is "shift_jis" or "Shift_JIS" or "sjis";
        if (!isShiftJis && encoding is not (null or "utf-8" or "UTF-8"))
        {
            return Problem.BadRequest("encoding-unknown", "This encoding is not known.", "Give utf-8 or shift_jis.");
        }

        if (!IsStatus(status, out var refusal))
        {
            return refusal;
        }

        http.Response.Headers.CacheControl = "no-store";
        var rows = await list.ReadAsync(http, "rescue-list.export", exercise, status, 0, MostOnPaper, cancellationToken);
        return TypedResults.Bytes(RescueCsv.Write(rows, isShiftJis), isShiftJis ? "text/csv; charset=shift_jis" : "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"rescue-{http.CurrentTown().Code}-{clock.GetJapanNow():yyyyMMdd-HHmm}.csv"));
    }

    private static async Task<Results<Ok<RescueState>, ProblemHttpResult>> SetRescue(
        string id, RescueRequest request, RescueDesk desk, HttpContext http, CancellationToken cancellationToken)
        => IsStatus(request.Status ?? "", out var refusal) ? await desk.SetAsync(http, id, request, cancellationToken) : refusal;

    private static Task<Results<Ok<IReadOnlyList<RescueState>>, ProblemHttpResult>> ListSteps(string id, RescueDesk desk, CancellationToken cancellationToken)
        => desk.StepsAsync(id, cancellationToken);

    private static Task<Results<NoContent, ProblemHttpResult>> Erase(string id, RescueDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.EraseAsync(http, id, cancellationToken);

    private static bool IsStatus(string? status, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        refusal = status is null || RescueStatus.All.Contains(status, StringComparer.Ordinal) ? null
            : Problem.Unprocessable("rescue-status-unknown", "This rescue status is not known.", $"Give one of {string.Join(", ", RescueStatus.All)}. Nothing was changed.");
        return refusal is null;
    }
}
