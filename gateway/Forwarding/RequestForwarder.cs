using System.Runtime.CompilerServices;
using SmartCity.Gateway.Caching;
using SmartCity.Gateway.Door;
using SmartCity.Gateway.Headers;
using SmartCity.Gateway.Streaming;
using Yarp.ReverseProxy.Forwarder;

namespace SmartCity.Gateway.Forwarding;

/// <summary>
/// Passes a request on to a replica that may be asked. One that only reads is tried on up to two more while nothing of an
/// answer has been sent; anything else is sent once, since nobody knows what a lost answer had already done.
/// </summary>
internal sealed class RequestForwarder(
    IHttpForwarder forwarder, OutboundHeaders outbound, ResponseCache cache, OpenStreams streams, Failures failures, GatewayMetrics metrics)
{
    private const int MostRetries = 2;

    /// <returns>Why there is no answer, or null when it has been given or nobody waits for it any more.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IResult?> SendAsync(Call call)
    {
        using var limit = new TimeLimit(call.Limits.Timeout);
        using var stream = streams.Watch(call);
        try
        {
            return await SendAsync(call, limit);
        }
        finally
        {
            ResponseCache.End(call);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IResult?> SendAsync(Call call, TimeLimit limit)
    {
        var http = call.Http;
        var upstream = call.Target!.Upstream;
        IResult? failure = null;
        var tried = 0UL;
        while (upstream.Pick(ref tried) is { } replica)
        {
            var mayRetry = call.Retries < MostRetries && upstream.Replicas.Count > call.Retries + 1 && call.IsRepeatable;
            var exchange = new Exchange(call, upstream, replica, outbound, cache, limit, mayRetry);
            var error = await forwarder.SendAsync(http, replica.Address, upstream.Client, Upstream.ConfigFor(replica), exchange, limit.Token);
            if (error == ForwarderError.None && !exchange.IsUnanswered)
            {
                // Where there is no other replica, leaving this one alone helps nobody: it does answer.
                failures.Note(call, replica, exchange.HasFailed && upstream.Replicas.Count > 1 ? "its own answer" : null);
                NoteWrite(call);
                return null;
            }

            var verdict = failures.Judge(call, replica, exchange, limit);
            failure = verdict.Refusal;
            if (http.Response.HasStarted || !verdict.MayRetry || !mayRetry)
            {
                break;
            }

            call.Retries++;
            metrics.Retries.Add(1);
            http.Response.Clear();
        }

        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            call.IsAbandoned = !http.Response.HasStarted;
            return null;
        }

        http.Response.Clear();
        return failure ?? failures.NobodyThere(call);
    }

    private static void NoteWrite(Call call)
    {
        if (!call.IsReading && call.Http.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            call.TownTarget?.Wrote();
        }
    }
}
