using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Reports.Writing;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Reports;

/// <summary>
/// After-action reports, for officers: of an alert by the id of any of its messages, of a drill by its id, or of everything in a time
/// by <c>span?from&amp;to</c> (and <c>&amp;exercise=true</c> for drills and tests).
/// </summary>
internal static class ReportEndpoints
{
    private const int LongestSpanDays = 31;

    public static void MapReports(this IEndpointRouteBuilder town)
    {
        var reports = town.MapGroup("/reports").RequireAuthorization(CityPolicies.Officer);
        reports.MapGet("/{id}", GetReport).RecordAcrossTowns<AlertDbContext>("report.read", ExchangePurposes.Emergency);
        reports.MapGet("/{id}.html", GetHtml).RecordAcrossTowns<AlertDbContext>("report.read", ExchangePurposes.Emergency);
        reports.MapGet("/{id}.csv", GetCsv).RecordAcrossTowns<AlertDbContext>("report.read", ExchangePurposes.Emergency);
    }

    private static async Task<Results<Ok<AfterActionReport>, ProblemHttpResult>> GetReport(
        string id, ReportReader reader, AlertDbContext database, HttpContext http, CancellationToken cancellationToken, string? from = null, string? to = null, bool exercise = false)
    {
        var (report, refusal) = await ReadAsync(id, reader, database, http, from, to, exercise, cancellationToken);
        return report is null ? refusal! : TypedResults.Ok(report);
    }

    /// <summary>One page that needs nothing else, to be kept or printed; <c>?lang=ja|en</c> or by <c>Accept-Language</c>.</summary>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetHtml(
        string id, ReportReader reader, AlertDbContext database, ReportWording wording, HttpContext http, CancellationToken cancellationToken,
        string? from = null, string? to = null, bool exercise = false)
    {
        var (report, refusal) = await ReadAsync(id, reader, database, http, from, to, exercise, cancellationToken);
        if (report is null)
        {
            return refusal!;
        }

        http.Response.Headers.Vary = "Accept-Language";
        http.Response.Headers.ContentSecurityPolicy = ReportHtml.ContentSecurityPolicy;
        return TypedResults.Content(ReportHtml.Write(report, wording.For(http.Request)), "text/html", System.Text.Encoding.UTF8);
    }

    /// <summary>One line for each number, with its unit: UTF-8, or <c>?encoding=shift_jis</c>.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetCsv(
        string id, ReportReader reader, AlertDbContext database, ReportWording wording, HttpContext http, CancellationToken cancellationToken,
        string? from = null, string? to = null, bool exercise = false, string? encoding = null)
    {
        var isShiftJis = encoding is "shift_jis" or "Shift_JIS" or "sjis";
        if (!isShiftJis && encoding is not (null or "utf-8" or "UTF-8"))
        {
            return Problem.BadRequest("encoding-unknown", "This encoding is not known.", "Give utf-8 or shift_jis.");
        }

        var (report, refusal) = await ReadAsync(id, reader, database, http, from, to, exercise, cancellationToken);
        return report is null ? refusal! : TypedResults.Bytes(
            ReportCsv.Write(report, wording.For(http.Request), isShiftJis), isShiftJis ? "text/csv; charset=shift_jis" : "text/csv; charset=utf-8", $"report-{report.Municipality}-{report.Id}.csv");
    }

    private static async Task<(AfterActionReport? Report, ProblemHttpResult? Refusal)> ReadAsync(
        string id, ReportReader reader, AlertDbContext database, HttpContext http, string? from, string? to, bool exercise, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var town = http.CurrentTown();
        if (id == ReportReader.Span)
        {
            return Span(from, to) is var (begin, end)
                ? (await reader.OfSpanAsync(town, begin, end, exercise, cancellationToken), null)
                : (null, Problem.BadRequest("span-not-readable", "The time of the report is missing or too long.",
                    $"Give 'from' and 'to' as RFC 3339 with offset, such as 2026-07-01T00:00:00+09:00, 'from' before 'to', at most {LongestSpanDays} days."));
        }

        var report = await OfDrillAsync(town, id, reader, database, cancellationToken) ?? await reader.OfChainAsync(town, id, cancellationToken);
        return (report, report is null ? Problem.NotFound("unknown-report", "There is nothing to report on.", $"'{id}' is no alert and no drill of this municipality.") : null);
    }

    private static async Task<AfterActionReport?> OfDrillAsync(Town town, string id, ReportReader reader, AlertDbContext database, CancellationToken cancellationToken)
    {
        if (await database.Set<Drill>().AsNoTracking().Include(row => row.Steps).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } drill)
        {
            return null;
        }

        return drill.Report is { } kept
            ? await reader.WithLaterAsync(JsonSerializer.Deserialize<AfterActionReport>(kept, CityJson.Options)!, cancellationToken)
            : await reader.OfDrillAsync(town, drill, cancellationToken);
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Span(string? from, string? to)
        => HasOffset(from) && HasOffset(to)
            && DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)
            && DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            && begin < end && (end - begin).TotalDays <= LongestSpanDays ? (begin, end) : null;

    // A day alone has a hyphen in the same place as an offset, and would be read as midnight of wherever the host is.
    private static bool HasOffset(string? time)
        => time is { Length: > 16 } && time[10] is 'T' or 't' or ' ' && (time[^1] is 'Z' or 'z' || (time[^6] is '+' or '-' && time[^3] == ':'));
}
