using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Cap.Xml;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Import;

/// <summary><c>POST cap</c>: an officer, or a service that relays for the town, hands in a CAP 1.2 message of another authority.</summary>
internal static class CapEndpoint
{
    public static void MapCapImport(this IEndpointRouteBuilder routes)
        => routes.MapPost("/cap", ImportCap)
            .RequireAuthorization(CityPolicies.Intake)
            .WithMetadata(new RequestSizeLimitAttribute(CapReader.MaximumBytes))
            .WithoutMyNumberCheck("The reader looks at every text, attribute and comment itself, and names the bad ones together with all other faults.")
            .RecordAcrossTowns<AlertDbContext>("alert.import", ExchangePurposes.Emergency);

    /// <summary>201 for a new message, 200 with the same answer for one that came before.</summary>
    private static async Task<Results<Created<ImportAnswer>, Ok<ImportAnswer>, ProblemHttpResult>> ImportCap(
        HttpContext http, ForeignAlertDesk desk, ForeignView views, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Here and not by the route: who may not hand anything in learns that first.
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && !IsXml(type))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "This media type is not read here.",
                $"Send the CAP document itself as {CapWriter.MediaType} or application/xml, not as {type.MediaType}. Nothing was saved.");
        }

        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            // A length that is too large is refused before the first byte is asked for.
            return Problem.Of(refused.StatusCode, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request",
                "The request's body can't be read.", $"{refused.Message} A message has at most {CapReader.MaximumBytes} bytes. Nothing was saved.");
        }

        var reading = CapReader.Read(body.GetBuffer().AsSpan(0, (int)body.Length), type?.Charset.Value?.Trim('"'), clock.GetUtcNow());
        if (!reading.IsUsable)
        {
            return Refused(reading.Notices);
        }

        var foreign = new ForeignAlert
        {
            Alert = reading.Alert!,
            CapXml = reading.Text,
            ImportedBy = http.Subject(),
            Notices = reading.Notices,
        };
        var result = await desk.ImportAsync(http.CurrentTown(), foreign, cancellationToken);
        if (result.Outcome == ForeignOutcome.Conflicting)
        {
            return Problem.Conflict("cap-conflict", "Another message has this sender, identifier and time.",
                $"Here it is {result.Id}, and it says something else. Nothing was saved. A corrected message needs an identifier of its own, and is an Update that names the first.");
        }

        if (result.Outcome == ForeignOutcome.NotIssuedHere)
        {
            return Problem.Unprocessable("cap-not-issued-here", "This town did not issue the message.",
                $"Its sender is {foreign.Alert.Sender}, which is this town, and no such message was issued here. Nothing was saved. Write it as a draft, or update the alert in force.");
        }

        var answer = ImportAnswer.Of(foreign.Alert, result, views.InfoOf(foreign.Alert));
        return result.IsRepeated ? TypedResults.Ok(answer) : TypedResults.Created(result.View is null ? null : $"/api/{http.CurrentTown().Code}/{AppIds.Alerts}/{result.Id}", answer);
    }

    private static ProblemHttpResult Refused(IReadOnlyList<Notice> notices)
    {
        var errors = notices.Where(notice => notice.Severity == NoticeSeverity.Error).ToList();
        // The graver kind names the answer; the list has them all.
        var (code, title) = errors.Exists(notice => notice.Code == MyNumberRefusal.Code)
            ? (MyNumberRefusal.Code, "Individual Numbers are never stored here.")
            : ("cap-refused", "The CAP message has faults.");
        return Problem.Unprocessable(code, title,
            string.Create(CultureInfo.InvariantCulture, $"{errors.Count} {(errors.Count == 1 ? "fault" : "faults")}, all of them in notices. Nothing was saved. The first{Line(errors[0])}: {errors[0].Message}"),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = notices });
    }

    private static bool IsXml(MediaTypeHeaderValue type)
        => type.MediaType.Value?.ToLowerInvariant() is { } media && (media is "application/xml" or "text/xml" || media.EndsWith("+xml", StringComparison.Ordinal));

    private static string Line(Notice notice) => notice.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $", in line {line}") : "";
}
