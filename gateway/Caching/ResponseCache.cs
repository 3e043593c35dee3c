using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SmartCity.Gateway.Cors;
using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.Caching;

/// <summary>
/// Answers hot open data from memory for a second or so: what everybody asks at once when a siren sounds is asked of the
/// service once. Nothing for a caller with a token, no stream, no problem and nothing with a cookie is ever kept; what is
/// written, or told of on a stream, through this gateway is seen at once by who reads through it.
/// </summary>
internal sealed class ResponseCache(IOptions<GatewayOptions> options, GatewayMetrics metrics, TimeProvider clock)
{
    private readonly AnswerStore _store = new(options.Value.CacheMebibytes * 1024L * 1024);

    /// <summary>Answers from memory, or notes that the service's answer may be kept.</summary>
    public bool TryAnswer(Call call)
    {
        var request = call.Http.Request;
        if (call.Route is not { } route || route.CacheFor <= TimeSpan.Zero || !HttpMethods.IsGet(request.Method)
            || request.Headers.Authorization.Count > 0 || request.Headers.Range.Count > 0 || request.Headers.Upgrade.Count > 0)
        {
            return false;
        }

        var key = CacheKey.Of(call.Http, call.Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var writes = call.TownTarget!.Writes;
        var answer = _store.Find(key);
        if (answer is not null && answer.Writes == writes && IsUsable(answer, route.CacheFor))
        {
            Answer(call, answer, request.Headers.IfNoneMatch);
            return true;
        }

        call.Ticket = new CacheTicket(key, route.CacheFor, writes, request.Headers.IfNoneMatch, answer);
        // The service is asked for the whole answer, as nobody in particular.
        request.Headers.Remove("Cookie");
        request.Headers.Remove("If-None-Match");
        request.Headers.Remove("If-Modified-Since");
        return false;
    }

    /// <summary>Whether the answer that the service just gave may be kept.</summary>
    public static bool MayKeep(Call call) => call.Ticket is not null && Keepable.Is(call.Http.Response);

    /// <summary>Reads the service's answer, keeps it, and gives it to the caller.</summary>
    public async Task KeepAsync(Call call, HttpContent content, CancellationToken cancellationToken)
    {
        var ticket = call.Ticket!;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var (body, complete) = await Keepable.ReadAsync(stream, content.Headers.ContentLength, cancellationToken);
        if (!complete)
        {
            // Larger than it said or than is kept: passed on as it comes.
            await call.Http.Response.Body.WriteAsync(body, cancellationToken);
            await stream.CopyToAsync(call.Http.Response.Body, cancellationToken);
            return;
        }

        var now = clock.GetTimestamp();
        var until = now + (long)(ticket.KeepFor.TotalSeconds * clock.TimestampFrequency);
        var answer = Keepable.Create(call.Http.Response, body, now, until, ticket.Writes);
        _store.Keep(ticket.Key, answer);
        Answer(call, answer, ticket.IfNoneMatch, fromCache: false);
    }

    /// <summary>To be called when the question is answered, however that ended.</summary>
    public static void End(Call call) => call.Ticket?.Old?.EndRefresh();

    private bool IsUsable(CachedAnswer answer, TimeSpan keepFor)
    {
        var late = clock.GetTimestamp() - answer.Until;
        if (late <= 0)
        {
            return true;
        }

        // For as long again, others need not wait for the one that asks anew.
        return late <= keepFor.TotalSeconds * clock.TimestampFrequency && !answer.TryRefresh();
    }

    private void Answer(Call call, CachedAnswer answer, string? ifNoneMatch, bool fromCache = true)
    {
        var response = call.Http.Response;
        call.FromCache = fromCache;
        if (fromCache)
        {
            metrics.CacheAnswers.Add(1);
            foreach (var (name, value) in answer.Headers)
            {
                response.Headers[name] = value;
            }

            var age = (long)clock.GetElapsedTime(answer.StoredAt).TotalSeconds;
            if (age > 0)
            {
                response.Headers.Age = age.ToString(CultureInfo.InvariantCulture);
            }
        }

        response.Headers.ETag = answer.ETag;
        response.Headers.Vary = CacheKey.Vary;
        TownCors.Apply(call);
        if (ifNoneMatch is not null && Keepable.Matches(ifNoneMatch, answer.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentLength = null;
            return;
        }

        response.ContentLength = answer.Body.Length;
        response.BodyWriter.Write(answer.Body);
    }
}
