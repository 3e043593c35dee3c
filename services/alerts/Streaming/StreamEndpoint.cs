using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Streaming;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Streaming;

/// <summary><c>GET stream</c>: server-sent events (HTML standard, section 9.2).</summary>
internal static class StreamEndpoint
{
    public static void MapStream(this IEndpointRouteBuilder routes) => routes.MapGet("/stream", GetStream);

    /// <summary>
    /// Without an id: the alerts in force, then what comes. With <c>Last-Event-ID</c> (or <c>?lastEventId=</c>, for
    /// clients that cannot set headers): everything since, once and in order, then what comes.
    /// </summary>
    private static async Task GetStream(
        HttpContext http, AlertFeeds feeds, IOptions<AlertOptions> options, string? lastEventId = null)
    {
        var municipality = http.CurrentTown().Code;
        var feed = await feeds.OfAsync(municipality, http.RequestAborted);
        var response = http.Response;
        EventStream.SetHeaders(http);

        var seen = await LastSeenAsync(http, lastEventId, feed);
        var subscriber = new StreamSubscriber(municipality, options.Value.StreamQueueLength, seen ?? 0, http.Abort);
        var start = feed.Hub.Open(subscriber);
        try
        {
            EventStream.WriteRetry(response.BodyWriter);
            if (seen is { } after)
            {
                await WriteMissedAsync(response.BodyWriter, feed, subscriber.Municipality, after, start.Position, http.RequestAborted);
            }
            else
            {
                WriteInForce(response.BodyWriter, start);
            }

            await response.BodyWriter.FlushAsync(http.RequestAborted);
            await FollowAsync(response.BodyWriter, subscriber, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away, or lagged and was sent away: it comes back with the id it saw last.
            return;
        }
        finally
        {
            feed.Hub.Close(subscriber);
        }
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
    // carries the newest id, since by then the client knows everything up to there.
    private static void WriteInForce(PipeWriter body, StreamStart start)
    {
        foreach (var frame in start.InForce.SkipLast(1))
        {
            body.Write(frame.Bytes.Span);
        }

        if (start.InForce.Count > 0)
        {
            Encoding.UTF8.GetBytes(StreamFrame.IdLine(start.Position), body);
            body.Write(start.InForce[^1].Body.Span);
        }
    }

    private static async Task WriteMissedAsync(
        PipeWriter body, AlertFeed feed, string municipality, long after, long upTo, CancellationToken cancellationToken)
    {
        // Thousands come back at once after a restart, and most have missed nothing: they cost no look into the database.
        while (after < upTo && await feed.ReadMissedAsync(municipality, after, upTo, cancellationToken) is { Count: > 0 } missed)
        {
            foreach (var frame in missed)
            {
                body.Write(frame.Bytes.Span);
            }

            await body.FlushAsync(cancellationToken);
            after = missed[^1].Sequence;
        }
    }

    private static async Task FollowAsync(PipeWriter body, StreamSubscriber subscriber, CancellationToken cancellationToken)
    {
        while (await subscriber.Frames.WaitToReadAsync(cancellationToken))
        {
            while (subscriber.Frames.TryRead(out var frame))
            {
                body.Write(frame.Span);
            }

            await body.FlushAsync(cancellationToken);
        }
    }
}
