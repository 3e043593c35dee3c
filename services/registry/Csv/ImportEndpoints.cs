using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SmartCity.Contracts;
using SmartCity.Registry.Devices;
using SmartCity.Registry.Keys;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Text;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Csv;

/// <summary>Bulk registration: a CSV file is validated whole, then registered whole.</summary>
internal static class ImportEndpoints
{
    /// <summary>50,000 devices have about 8 MB.</summary>
    private const long MaximumBytes = 16 * 1024 * 1024;

    public static void MapImport(this RouteGroupBuilder devices)
        => devices.MapPost("/import", ImportDevices)
            .Accepts<string>("text/csv", "application/vnd.ms-excel", "text/plain")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithoutMyNumberCheck("The import looks at every cell itself, and names the bad ones together with all other faults.");

    /// <summary>
    /// <c>?dryRun=true</c> only validates. The keys come as JSON, as CSV (<c>Accept: text/csv</c>) or as a page to print
    /// (<c>Accept: text/html</c>), this once.
    /// </summary>
    private static async Task<Results<Ok<ImportAnswer>, PushStreamHttpResult, ProblemHttpResult>> ImportDevices(
        string municipality, HttpContext http, DeviceDesk desk, ITownDirectory towns, InstallerCode code, CancellationToken cancellationToken,
        bool dryRun = false, string? qr = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (OfficeText.Decode(await http.Request.ReadAllAsync(cancellationToken)) is not { } text)
        {
            return DeviceProblems.NoText("file");
        }

        if (!towns.TryGet(municipality, out var town))
        {
            return Problem.UnknownTown(municipality);
        }

        // Looked at against the town as it is now, so that one answer lists every fault of the file.
        var sheet = DeviceSheet.Read(text);
        var review = DeviceReview.Of(town, sheet.Candidates);
        var notices = Sorted(sheet, review);
        if (notices.Exists(notice => notice.Severity == NoticeSeverity.Error))
        {
            return DeviceProblems.Refused(notices);
        }

        if (dryRun)
        {
            return TypedResults.Ok(new ImportAnswer(true, 0, sheet.Candidates.Count, [], notices, null));
        }

        if (await desk.RegisterAsync(municipality, sheet.Candidates, http.Subject(), cancellationToken) is not { } done)
        {
            return Problem.UnknownTown(municipality);
        }

        return done.Devices.Count == 0
            ? DeviceProblems.Refused(Sorted(sheet, done.Review))
            : Answer(http, done, notices, code, qr);
    }

    private static Results<Ok<ImportAnswer>, PushStreamHttpResult, ProblemHttpResult> Answer(
        HttpContext http, Registration done, IReadOnlyList<Notice> notices, InstallerCode code, string? qr)
    {
        var wanted = http.Request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value).FirstOrDefault(type => type is "text/csv" or "text/html" or "application/json");
        var isNew = done.Version is not null;
        return wanted switch
        {
            "text/csv" => Download("text/csv; charset=utf-8", "device-keys.csv", http, body => KeyList.WriteAsync(body, done.Devices)),
            "text/html" => TypedResults.Stream(body => InstallerSheet.WriteAsync(body, done.Devices, code), "text/html; charset=utf-8"),
            _ => TypedResults.Ok(new ImportAnswer(
                false, isNew ? done.Devices.Count : 0, done.Devices.Count, [.. done.Devices.Select(device => DeviceAnswer.Of(device, code, qr))], notices, done.Version)),
        };
    }

    private static PushStreamHttpResult Download(string type, string name, HttpContext http, Func<Stream, Task> write)
    {
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        return TypedResults.Stream(write, type);
    }

    private static List<Notice> Sorted(DeviceSheet sheet, DeviceReview review)
        => [.. sheet.Notices.Concat(sheet.Place(review.Faults)).OrderBy(notice => notice.Line ?? 0).ThenBy(notice => notice.Column ?? 0)];
}
