using System.Net;
using SmartCity.Gateway.Caching;
using SmartCity.Gateway.Cors;
using SmartCity.Gateway.Door;
using SmartCity.Gateway.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace SmartCity.Gateway.Forwarding;

/// <summary>One try to have a request answered by one replica: what is changed on the way there and back.</summary>
internal sealed class Exchange(Call call, Upstream upstream, Replica replica, OutboundHeaders outbound, ResponseCache cache, TimeLimit limit, bool mayRetry) : HttpTransformer
{
    /// <summary>The replica answered that it cannot; another may.</summary>
    public bool IsUnanswered { get; private set; }

    /// <summary>Whether the replica or what is behind it failed, by its own answer.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>An answer that goes on until one side ends it.</summary>
    public bool IsStream { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        // The name in the replica's address is the one that it answers to.
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.Remove("traceparent");
        proxyRequest.Headers.TryAddWithoutValidation("traceparent", call.Trace.TraceParent);
        outbound.Apply(call, proxyRequest);
        if (call.Target!.IsThirdParty)
        {
            // Their service knows nothing of our prefix.
            proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(
                destinationPrefix + upstream.PathPrefix, new PathString(call.Rest), httpContext.Request.QueryString);
        }
        else
        {
            proxyRequest.RequestUri = replica.Addresses.Of(httpContext.Request.Path, httpContext.Request.QueryString);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        HasFailed = proxyResponse.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        if (HasFailed && mayRetry)
        {
            IsUnanswered = true;
            return false;
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var response = httpContext.Response;
        OutboundHeaders.CleanAnswer(call, response.Headers);
        SecurityHeaders.Apply(call);
        TownCors.Apply(call);
        if (proxyResponse.StatusCode == HttpStatusCode.SwitchingProtocols || IsEndless(response.ContentType))
        {
            IsStream = true;
            limit.Lift();
            if (proxyResponse.StatusCode != HttpStatusCode.SwitchingProtocols)
            {
                // Who hears of something and then reads must not be given what was so before.
                response.Body = call.Counted = new CountingStream(response.Body, call is { TownTarget: { } target, Route.IsRestless: not true } ? target.Wrote : null);
            }

            return true;
        }

        if (ResponseCache.MayKeep(call))
        {
            await cache.KeepAsync(call, proxyResponse.Content, cancellationToken);
            return false;
        }

        if (response.ContentLength is null && proxyResponse.Content is not null)
        {
            response.Body = call.Counted = new CountingStream(response.Body);
        }

        return true;
    }

    private static bool IsEndless(string? contentType)
        => contentType is not null
            && (contentType.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
                || contentType.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase));
}
