using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Feeds.Store;

namespace SmartCity.Transit.Feeds;

/// <summary><c>GET gtfs.zip</c>: the town's live feed as open data, byte for byte as it was handed in.</summary>
internal static class FeedDownload
{
    /// <summary>With <c>version</c> that one; with <c>feed</c> the live one of that name; a town with one live feed need not name it.</summary>
    public static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> Get(
        TransitDbContext database, HttpContext http, CancellationToken cancellationToken, string? feed = null, string? version = null)
    {
        var rows = await database.FeedVersions.AsNoTracking()
            .Where(row => version != null ? row.Version == version : row.IsLive && (feed == null || row.Feed == feed))
            .OrderBy(row => row.Feed).Take(2).ToListAsync(cancellationToken);
        switch (rows)
        {
            case []:
                return version is not null ? FeedEndpoints.Unknown(version)
                    : Problem.NotFound("no-feed", "This municipality has no such feed.", "Nothing is live under this name. GET feeds lists what there is.");
            case [_, _]:
                return Problem.BadRequest("feed-not-named", "This municipality has several feeds.", "Say which with ?feed=; GET feeds lists their names.");
            case [var row] when !row.IsKept:
                return Problem.Conflict("feed-not-kept", "This version's zip is no longer kept.", $"Only the record of {row.Version} is left.");
        }

        return await FileAsync(rows[0], database, http, cancellationToken);
    }

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> FileAsync(FeedVersion row, TransitDbContext database, HttpContext http, CancellationToken cancellationToken)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=60";
        headers["Feed-Version"] = row.Version;
        if (FeedEndpoints.LicenceOf(http.CurrentTown(), row.Feed) is { } licence)
        {
            // Header fields are ASCII (RFC 9110, section 5.5); a licence's name may not be.
            headers["Licence"] = Uri.EscapeDataString(licence);
        }

        var tag = new EntityTagHeaderValue($"\"{row.Sha256}\"");
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(seen => seen.Equals(EntityTagHeaderValue.Any) || seen.Compare(tag, useStrongComparison: false)))
        {
            // Who has it already, as whoever asks every minute, costs no read of megabytes.
            headers.ETag = tag.ToString();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var zip = await database.FeedContents.AsNoTracking().Where(content => content.Version == row.Version).Select(content => content.Zip).FirstAsync(cancellationToken);
        return TypedResults.Bytes(zip, "application/zip", $"{row.Municipality}-{row.Feed}.zip", lastModified: row.LiveSince ?? row.ImportedAt, entityTag: tag);
    }
}
