using System.Runtime.CompilerServices;
using SmartCity.Gateway.AccessLog;
using SmartCity.Gateway.Caching;
using SmartCity.Gateway.Cors;
using SmartCity.Gateway.Forwarding;
using SmartCity.Gateway.Headers;
using SmartCity.Gateway.Identity;
using SmartCity.Gateway.Limits;
using SmartCity.Gateway.Routing;
using SmartCity.Gateway.Streaming;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Gateway.Door;

/// <summary>The way of every request: each step lets it pass or says why not.</summary>
internal sealed class DoorMiddleware(
    RequestDelegate next, InboundHeaders headers, RateLimits limits, Resolver resolver, Doorkeeper doorkeeper,
    ResponseCache cache, SharedStreams streams, RequestForwarder forwarding, AccessLogWriter accessLog, TimeProvider clock, ILogger<DoorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var call = new Call(http, CallTrace.Of(http), clock.GetTimestamp());
        try
        {
            await HandleAsync(call);
        }
        catch (Exception exception) when (!IsAbandoned(call) && !http.Response.HasStarted && exception is not BadHttpRequestException)
        {
            using var trace = call.Trace.Begin();
            log.RequestFailed(exception);
            http.Response.Clear();
            await RefuseAsync(call, Problem.Of(StatusCodes.Status500InternalServerError, "internal-error",
                "The gateway failed.", "Whether anything was saved is not known: read it again before you repeat the request."));
        }
        finally
        {
            accessLog.Write(call);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask HandleAsync(Call call)
    {
        headers.Clean(call);
        var refusal = limits.CheckAddress(call) ?? resolver.Resolve(call);
        if (refusal is null && TownCors.Check(call) is { } crossOrigin)
        {
            await crossOrigin.ExecuteAsync(call.Http);
            return;
        }

        refusal ??= await doorkeeper.CheckAsync(call) ?? limits.Check(call) ?? BodyLimits.Check(call);
        if (refusal is not null)
        {
            await RefuseAsync(call, refusal);
        }
        else if (call.Target is null)
        {
            SecurityHeaders.ApplyToPage(call.Http.Response.Headers);
            using var trace = call.Trace.Begin();
            await next(call.Http);
        }
        else if (!cache.TryAnswer(call) && !await streams.TrySendAsync(call) && await forwarding.SendAsync(call) is { } failure)
        {
            await RefuseAsync(call, failure);
        }
    }

    private static bool IsAbandoned(Call call) => call.IsAbandoned = call.Http.RequestAborted.IsCancellationRequested;

    private static async Task RefuseAsync(Call call, IResult refusal)
    {
        SecurityHeaders.Apply(call);
        TownCors.Apply(call);
        using var trace = call.Trace.Begin();
        await refusal.ExecuteAsync(call.Http);
    }
}
