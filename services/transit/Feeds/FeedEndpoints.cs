using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Feeds.Import;
using SmartCity.Transit.Feeds.Store;
using SmartCity.Transit.Gtfs.Notices;
using SmartCity.Transit.Gtfs.Reading;

namespace SmartCity.Transit.Feeds;

/// <summary>The town's GTFS feeds: handed in by staff, open to everybody.</summary>
internal static class FeedEndpoints
{
    private static readonly string[] ZipTypes = ["application/zip", "application/x-zip-compressed", "application/octet-stream"];

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/feeds", ImportFeed)
            .RequireAuthorization(CityPolicies.Staff)
            .WithMetadata(new RequestSizeLimitAttribute(FeedLimits.ZipBytes))
            .WithoutMyNumberCheck("The body is a zip of timetables, and the one parameter is a name that begins with a letter.");
        routes.MapPost("/feeds/{version}/live", MakeLive).RequireAuthorization(CityPolicies.Staff);
        routes.MapGet("/feeds", ListVersions);
        routes.MapGet("/feeds/{version}", GetReport);
        routes.MapMethods("/gtfs.zip", ["GET", "HEAD"], FeedDownload.Get);
    }

    /// <summary>201 for a new version, 200 where these very bytes were there before; 422 with everything that is wrong otherwise.</summary>
    private static async Task<Results<Created<FeedImportView>, Ok<FeedImportView>, ProblemHttpResult>> ImportFeed(
        HttpContext http, FeedDesk desk, NoticeWording wording, CancellationToken cancellationToken, string? feed = null)
    {
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && !ZipTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "This media type is not read here.",
                $"Send the GTFS zip itself as application/zip, not as {type.MediaType}. Nothing was saved.");
        }

        if (feed is not null && !FeedNames.IsValid(feed))
        {
            return Problem.BadRequest("feed-name-malformed", "This can't be the name of a feed.", $"{FeedNames.Rule} Nothing was saved.");
        }

        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            return Problem.Of(refused.StatusCode, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request",
                "The request's body can't be read.", $"{refused.Message} A feed has at most {FeedLimits.ZipBytes} bytes. Nothing was saved.");
        }

        var town = http.CurrentTown();
        var import = await desk.ImportAsync(town.Code, FeedNames.Of(feed, town), body.ToArray(), http.Subject(), FeedOrigin.Upload, cancellationToken);
        var notices = wording.Say(import.Notices, RequestLanguage.Of(http));
        if (import.Version is not { } version)
        {
            return Refused(notices, import.Notices);
        }

        var answer = new FeedImportView(version.Version, version.Feed, version.IsLive, import.IsRepeated, version.Summary, notices, import.Notices.Totals);
        return import.IsRepeated ? TypedResults.Ok(answer) : TypedResults.Created($"/api/{town.Code}/{AppIds.Transit}/feeds/{version.Version}", answer);
    }

    /// <summary>Serves an earlier version again.</summary>
    private static async Task<Results<Ok<FeedVersionView>, ProblemHttpResult>> MakeLive(string version, HttpContext http, FeedDesk desk, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        return await desk.MakeLiveAsync(town.Code, version, cancellationToken) switch
        {
            null => Unknown(version),
            { IsKept: false } => Problem.Conflict("feed-not-kept", "This version's zip is no longer kept.", $"Only the record of {version} is left. Nothing was changed; hand the zip in again."),
            var live => TypedResults.Ok(ViewOf(live, town)),
        };
    }

    /// <summary>Every version, the newest first; with <c>feed</c> only those of one feed.</summary>
    private static async Task<Results<Ok<Page<FeedVersionView>>, ProblemHttpResult>> ListVersions(
        TransitDbContext database, HttpContext http, CancellationToken cancellationToken, string? feed = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        var skip = Paging.Offset(after);
        var rows = await database.FeedVersions.AsNoTracking().Where(row => feed == null || row.Feed == feed)
            .OrderByDescending(row => row.ImportedAt).ThenBy(row => row.Version).Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        var town = http.CurrentTown();
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(row => ViewOf(row, town))], skip, take));
    }

    /// <summary>A version and what was found in it.</summary>
    private static async Task<Results<Ok<FeedReportView>, ProblemHttpResult>> GetReport(
        string version, TransitDbContext database, HttpContext http, NoticeWording wording, CancellationToken cancellationToken)
        => await database.FeedVersions.AsNoTracking().FirstOrDefaultAsync(row => row.Version == version, cancellationToken) is { } row
            ? TypedResults.Ok(new FeedReportView(ViewOf(row, http.CurrentTown()), wording.Say(row.Notices, RequestLanguage.Of(http)), row.Notices.Totals))
            : Unknown(version);

    internal static ProblemHttpResult Unknown(string version)
        => Problem.NotFound("unknown-feed-version", "There is no such version.", $"'{version}' is no version of a feed of this municipality. GET feeds lists them.");

    private static ProblemHttpResult Refused(IReadOnlyList<Notice> notices, FeedNotices found)
    {
        var errors = notices.Where(notice => notice.Severity == NoticeSeverity.Error).ToList();
        var first = errors.FirstOrDefault(notice => NoticeCodes.Of(notice.Code).Refuses) ?? errors[0];
        return Problem.Unprocessable("feed-refused", "The feed has faults.",
            string.Create(CultureInfo.InvariantCulture, $"Nothing was changed; the last good version stays. All faults are in notices. The first: {first.Message}"),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = notices, ["noticeTotals"] = found.Totals });
    }

    private static FeedVersionView ViewOf(FeedVersion row, Town town) => new(
        row.Version, row.Version, row.Feed, row.IsLive, row.ImportedAt, row.LiveSince, row.Origin, row.SizeBytes, row.Sha256, LicenceOf(town, row.Feed),
        row.IsKept ? $"/api/{town.Code}/{AppIds.Transit}/gtfs.zip?version={row.Version}" : null,
        row.Summary,
        row.Notices.Samples.Where(notice => notice.Severity == NoticeSeverity.Error).Select(notice => notice.Code).Distinct(StringComparer.Ordinal).Sum(code => row.Notices.Totals.GetValueOrDefault(code)),
        row.Notices.Samples.Where(notice => notice.Severity == NoticeSeverity.Warning).Select(notice => notice.Code).Distinct(StringComparer.Ordinal).Sum(code => row.Notices.Totals.GetValueOrDefault(code)));

    internal static string? LicenceOf(Town town, string feed)
        => town.TransitFeeds.FirstOrDefault(listed => listed.Id == feed)?.Licence is { Length: > 0 } licence ? licence : null;
}
