using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Streaming;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Streaming;

/// <summary><c>GET stream</c>: server-sent events (HTML standard, section 9.2).</summary>
internal static class StreamEndpoint
{
    public static void MapStream(this IEndpointRouteBuilder routes) => routes.MapGet("/stream", GetStream);

    /// <summary>
    /// Without an id: the alerts in force, then what comes. With <c>Last-Event-ID</c> (or <c>?lastEventId=</c>, for
    /// clients that cannot set headers): everything since, once and in order, then what comes. <c>?languages=</c> chooses the
    /// words, see <see cref="StreamLanguages"/>.
    /// </summary>
    private static async Task<IResult> GetStream(
        HttpContext http, AlertFeeds feeds, IOptions<AlertOptions> options, string? lastEventId = null, string? languages = null)
    {
        if (StreamLanguages.Parse(languages) is not { } wanted)
        {
            return Problem.BadRequest("languages-invalid", "These are no languages", "languages takes up to eight BCP 47 tags parted by commas, such as ja-Hira,ja.");
        }

        var municipality = http.CurrentTown().Code;
        var feed = await feeds.OfAsync(municipality, http.RequestAborted);
        var response = http.Response;
        EventStream.SetHeaders(http);

        var seen = await LastSeenAsync(http, lastEventId, feed);
        var subscriber = new StreamSubscriber(municipality, wanted, options.Value.StreamQueueLength, seen ?? 0, http.Abort);
        var start = feed.Hub.Open(subscriber);
        // From where the stream goes on: a gateway that tells it on to others has to know.
        response.Headers["Stream-Position"] = (seen ?? start.Newest).ToString(CultureInfo.InvariantCulture);
        try
        {
            EventStream.WriteRetry(response.BodyWriter);
            if (seen is { } after)
            {
                await WriteMissedAsync(response.BodyWriter, feed, subscriber, after, start.Newest, http.RequestAborted);
            }
            else
            {
                WriteInForce(response.BodyWriter, start, wanted);
            }

            await response.BodyWriter.FlushAsync(http.RequestAborted);
            await subscriber.RunAsync(response.BodyWriter, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away, or lagged and was sent away: it comes back with the id it saw last.
        }
        finally
        {
            feed.Hub.Close(subscriber);
        }

        return Results.Empty;
    }

    /// <summary>The sequence that the client saw last; an id that this service never gave counts as none.</summary>
    private static async Task<long?> LastSeenAsync(HttpContext http, string? query, AlertFeed feed)
    {
        var text = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : query;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && await feed.HasReachedAsync(sequence, http.RequestAborted)
                ? sequence
                : null;
    }

    // Each alert keeps the id of its message, so that a client cut off in between resumes with the next one; the last
    // carries the town's newest id, since by then the client knows everything up to there.
    private static void WriteInForce(PipeWriter body, StreamStart start, StreamLanguages languages)
    {
        foreach (var frame in start.InForce.SkipLast(1))
        {
            body.Write(frame.In(languages).Span);
        }

        if (start.InForce.Count > 0)
        {
            Encoding.UTF8.GetBytes(StreamFrame.IdLine(start.Newest), body);
            body.Write(start.InForce[^1].BodyIn(languages).Span);
        }
    }

    private static async Task WriteMissedAsync(
        PipeWriter body, AlertFeed feed, StreamSubscriber subscriber, long after, long upTo, CancellationToken cancellationToken)
    {
        // Thousands come back at once after a restart, and most have missed nothing: they cost no look into the database.
        while (after < upTo && await feed.ReadMissedAsync(subscriber.Municipality, after, upTo, cancellationToken) is { Count: > 0 } missed)
        {
            foreach (var frame in missed)
            {
                body.Write(frame.In(subscriber.Languages).Span);
            }

            await body.FlushAsync(cancellationToken);
            after = missed[^1].Sequence;
        }
    }
}
