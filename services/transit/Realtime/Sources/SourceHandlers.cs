using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit.Realtime.Sources;

internal static class SourceHandlers
{
    /// <summary>The largest message that can be pushed.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>How the town's sources are, by id.</summary>
    public static Ok<Page<SourceView>> List(HttpContext http, SourceBook book, IOptions<SourceOptions> options, TimeProvider clock)
        => TypedResults.Ok(new Page<SourceView>([.. book.Of(http.CurrentTown().Code).Select(source => SourceView.Of(source, clock.GetUtcNow(), TimeSpan.FromSeconds(options.Value.StaleAfterSeconds)))]));

    /// <summary>Takes a GTFS Realtime message that is pushed.</summary>
    /// <param name="source">Which of several feeds it is; each message replaces the one before under the same name.</param>
    public static async Task<Results<Ok<PushAnswer>, ProblemHttpResult>> PushAsync(
        HttpContext http, SourceBook book, SourceDesk desk, CancellationToken cancellationToken, string source = "push")
    {
        var town = http.CurrentTown();
        if (source.Length > 64 || !source.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            return Problem.BadRequest("source-name-invalid", "A source's name is 1 to 64 letters, digits, '-', '_' or '.'.", "Nothing was taken.");
        }

        if (SourceSettings.Of(town).Any(setting => setting.Id == source))
        {
            return Problem.Conflict("source-is-fetched", "This source is fetched, and not pushed.", $"The manifest says where '{source}' is fetched from; push under another name. Nothing was taken.");
        }

        if (book.Get(town.Code, source) is not { } taker)
        {
            return Problem.Conflict("too-many-sources", "The town has as many sources as it may have.", "Push under a name that is used already. Nothing was taken.");
        }

        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            return Problem.Of(refused.StatusCode, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request",
                "The request's body can't be read.", $"{refused.Message} A message has at most {MaximumBytes} bytes. Nothing was taken.");
        }

        await taker.Gate.WaitAsync(cancellationToken);
        try
        {
            var isTaken = await desk.TakeAsync(town.Code, taker, body.GetBuffer().AsMemory(0, (int)body.Length));
            var health = taker.Health;
            return isTaken
                ? TypedResults.Ok(new PushAnswer(source, health.HeaderAt, health.Entities, health.Trips, health.Cancelled, health.Vehicles, health.Alerts, health.Notices, health.NoticeCounts))
                : Problem.Unprocessable("feed-not-taken", "The message is no GTFS Realtime that can be taken.", $"{health.Fault} Nothing was taken; what the source said before stays until it is too old.",
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = health.Notices });
        }
        finally
        {
            taker.Gate.Release();
        }
    }
}
