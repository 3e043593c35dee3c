using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Jma.Intake;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>Bulletins of the Japan Meteorological Agency: handed in, listed, and decided where the manifest wants an officer to.</summary>
internal static class JmaEndpoints
{
    public static void MapJma(this IEndpointRouteBuilder routes)
    {
        var jma = routes.MapGroup("/jma");
        jma.MapPost("/", ImportBulletin)
            .RequireAuthorization(CityPolicies.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(JmaXml.MaximumBytes))
            .WithoutMyNumberCheck("River and forecast codes have twelve digits and may pass the check; what the bulletin says in words is checked by the handler.")
            .RecordAcrossTowns<AlertDbContext>("bulletin.import", ExchangePurposes.Emergency);

        var officers = jma.MapGroup("").RequireAuthorization(CityPolicies.Officer);
        officers.MapGet("/", ListBulletins).RecordAcrossTowns<AlertDbContext>("bulletin.read", ExchangePurposes.Emergency);
        officers.MapPost("/{id}/publish", PublishBulletin).RecordAcrossTowns<AlertDbContext>("bulletin.publish", ExchangePurposes.Emergency);
        officers.MapPost("/{id}/ignore", IgnoreBulletin).RecordAcrossTowns<AlertDbContext>("bulletin.ignore", ExchangePurposes.Emergency);
        officers.MapGet("/intake", ListIntake);
        jma.MapPush();
    }

    /// <summary>The bulletin as XML. 2xx says what became of it, also where it is not about the town; 422 names every fault.</summary>
    private static async Task<Results<Ok<BulletinAnswer>, ProblemHttpResult>> ImportBulletin(JmaDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        // Here and not by the route: who may not hand anything in learns that first.
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && !IsXml(type.MediaType.Value))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "This media type is not read here.",
                $"Send the bulletin itself as application/xml, not as {type.MediaType}. Nothing was saved.");
        }

        byte[] content;
        try
        {
            using var buffer = new MemoryStream();
            await http.Request.Body.CopyToAsync(buffer, cancellationToken);
            content = buffer.ToArray();
        }
        catch (BadHttpRequestException refused)
        {
            return Problem.Of(refused.StatusCode, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request",
                "The request's body can't be read.", $"{refused.Message} A bulletin has at most {JmaXml.MaximumBytes} bytes. Nothing was saved.");
        }

        var reading = JmaReader.Read(content);
        if (reading.Report is not { } report)
        {
            return Problem.Unprocessable("bulletin-refused", "This bulletin cannot be taken.",
                $"{reading.Notices[0].Message} Nothing was saved. Correct what 'notices' names and send it again.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = reading.Notices });
        }

        var numbers = WordsOf(report).Where(field => MyNumber.IsIn(field.Text)).Select(field => field.Field).ToList();
        return numbers.Count > 0
            ? MyNumberRefusal.Of(numbers)
            : TypedResults.Ok(await desk.TakeAsync(http.CurrentTown(), reading, content, http.Subject(), cancellationToken));
    }

    private static bool IsXml(string? media) => media?.ToLowerInvariant() is { } name && (name is "application/xml" or "text/xml" || name.EndsWith("+xml", StringComparison.Ordinal));

    /// <summary>What the town was told of, newest first; <c>?outcome=Waiting</c> for those that wait for an officer.</summary>
    private static async Task<Results<Ok<Page<BulletinView>>, ProblemHttpResult>> ListBulletins(
        AlertDbContext database, CancellationToken cancellationToken, string? outcome = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (!NameFilter.TryRead<BulletinOutcome>(outcome, "outcome", "This outcome is not known.", out var wanted, out refusal))
        {
            return refusal;
        }

        var skip = Paging.Offset(after);
        var rows = await database.Set<BulletinRow>().AsNoTracking()
            .Where(row => wanted == null || row.Outcome == wanted)
            .OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Id)
            .Skip(skip).Take(take + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(BulletinView.Of)], skip, take));
    }

    private static Task<Results<Ok<BulletinAnswer>, ProblemHttpResult>> PublishBulletin(string id, BulletinDecisions decisions, HttpContext http, CancellationToken cancellationToken)
        => decisions.PublishAsync(http.CurrentTown(), id, http.Subject(), cancellationToken);

    private static Task<Results<Ok<BulletinView>, ProblemHttpResult>> IgnoreBulletin(string id, BulletinDecisions decisions, HttpContext http, CancellationToken cancellationToken)
        => decisions.IgnoreAsync(http.CurrentTown(), id, http.Subject(), cancellationToken);

    /// <summary>What the agency's feeds brought for the whole installation, newest first, also what was not fetched and why.</summary>
    private static async Task<Results<Ok<Page<EntryView>>, ProblemHttpResult>> ListIntake(
        JmaInbox inbox, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        var skip = Paging.Offset(after);
        return TypedResults.Ok(Paging.ByOffset(await inbox.ListAsync(skip, take + 1, cancellationToken), skip, take));
    }

    private static IEnumerable<(string Field, string Text)> WordsOf(JmaReport report)
    {
        yield return ("Head/Title", report.HeadTitle);
        yield return ("Head/Headline/Text", report.Headline);
        foreach (var text in report.Texts)
        {
            yield return ("Body", text);
        }

        foreach (var statement in report.Statements)
        {
            yield return ("Area/Name", statement.Area.Name);
            yield return ("Kind/Name", statement.Name);
        }
    }
}
