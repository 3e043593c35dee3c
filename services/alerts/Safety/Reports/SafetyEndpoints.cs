using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Safety.Limits;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>Reports: without an account, since nobody looks for a password in a flood; staff enter those that come by telephone.</summary>
internal static class SafetyEndpoints
{
    public const string KeyHeader = "Idempotency-Key";
    private const int ShortestKey = 16;
    private const int LongestKey = 128;

    public static void MapReports(this RouteGroupBuilder safety)
    {
        safety.MapPost("", Report).LimitReports();
        safety.MapPut("", Change).LimitCodes();
        // Codes and words stand in bodies, never in addresses: those are logged on the way.
        safety.MapPost("/mine", ReadMine).LimitCodes();
        safety.MapPost("/erase", Erase).LimitCodes();
        safety.MapPost("/find", Find).LimitSecrets();
        safety.MapPost("/calls", EnterCall).RequireAuthorization(CityPolicies.Staff);
    }

    private static async Task<Results<Created<SafetyReceipt>, Ok<SafetyReceipt>, ProblemHttpResult>> Report(
        SafetyRequest request, SafetyDesk desk, HttpContext http, CancellationToken cancellationToken)
        => await TakeAsync(request, desk, http, enteredBy: null, recorded: null, cancellationToken);

    /// <summary>The same by staff for somebody who called; the exchange log has who wrote it.</summary>
    private static async Task<Results<Created<SafetyReceipt>, Ok<SafetyReceipt>, ProblemHttpResult>> EnterCall(
        SafetyRequest request, SafetyDesk desk, AlertDbContext database, IExchangeLog log, HttpContext http, CancellationToken cancellationToken)
        => await TakeAsync(request, desk, http, http.Subject(),
            id => log.Record(database, http, new ExchangeEntry(http.CurrentTown().Code, "safety-report.write", ExchangePurposes.Emergency, "safety-report/" + id)), cancellationToken);

    private static async Task<Results<Ok<OwnReportView>, ProblemHttpResult>> Change(
        SafetyChange change, SafetyDesk desk, HttpContext http, CancellationToken cancellationToken)
        => change is not { Code: not null, Report: { } report } ? SafetyProblems.UnknownCode
            : report.Refuse() is { } refusal ? refusal
            : await desk.ChangeAsync(http.CurrentTown().Code, change.Code, report, cancellationToken);

    private static Task<Results<Ok<OwnReportView>, ProblemHttpResult>> ReadMine(
        SafetyCode code, SafetyDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return desk.ReadAsync(http.CurrentTown().Code, code.Code, cancellationToken);
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Erase(SafetyCode code, SafetyDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.EraseAsync(http.CurrentTown().Code, code.Code, cancellationToken);

    /// <summary>By the family's own words, never by name. Nobody found is an answer like any other.</summary>
    private static async Task<Results<Ok<FamilyAnswer>, ProblemHttpResult>> Find(
        FamilySearch search, SafetyDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return SafetySecrets.IsLongEnough(search.SharedSecret)
            ? TypedResults.Ok(await desk.SearchAsync(http.CurrentTown().Code, search.SharedSecret, cancellationToken))
            : SafetySecrets.TooShort;
    }

    private static async Task<Results<Created<SafetyReceipt>, Ok<SafetyReceipt>, ProblemHttpResult>> TakeAsync(
        SafetyRequest request, SafetyDesk desk, HttpContext http, string? enteredBy, Action<string>? recorded, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var key = http.Request.Headers[KeyHeader].ToString();
        if (key.Length is < ShortestKey or > LongestKey || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            return SafetyProblems.KeyMissing;
        }

        if (request.Refuse() is { } refusal)
        {
            return refusal;
        }

        var (receipt, isNew, reason) = await desk.ReportAsync(http.CurrentTown().Code, request, key, enteredBy, recorded, cancellationToken);
        return reason is not null ? reason
            : isNew ? TypedResults.Created(http.Request.Path, receipt)
            : TypedResults.Ok(receipt);
    }
}
