using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Service invocation: passes a request to another app and its answer back, both streamed, neither changed.</summary>
internal sealed class InvokeEndpoint(
    IReadOnlyDictionary<string, SidecarApp> apps, AppChannel channel, DaprSidecarLimits limits, TimeProvider clock, ILogger logger)
{
    public async Task HandleAsync(HttpContext context, SidecarApp caller)
    {
        if (InvokeTarget.Of(context) is not { } target)
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status404NotFound, DaprErrors.DirectInvoke,
                "failed getting app id either from the URL path or the header dapr-app-id");
            return;
        }

        if (!apps.TryGetValue(target.AppId, out var callee))
        {
            await FailAsync(context, target.AppId, $"couldn't find service: {target.AppId}");
            return;
        }

        if (callee.Address is not { } address)
        {
            await FailAsync(context, target.AppId, "the app has not started yet");
            return;
        }

        RequestBody.Limit(context, limits.MaximumInvocationBytes);
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            // A stream may be silent for long; the callee decides how long is too long.
            rate.MinDataRate = null;
        }

        await ForwardAsync(context, caller, callee, AppPath.Of(address, target.PathAndQuery));
    }

    private async Task ForwardAsync(HttpContext context, SidecarApp caller, SidecarApp callee, Uri uri)
    {
        using var limit = new CancellationTokenSource(limits.InvocationTimeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        using var request = RequestOf(context, caller, callee, uri);
        try
        {
            using var response = await channel.SendAsync(request, stop.Token);
            // From here on only the caller's patience counts: an event stream never ends by itself.
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            context.Response.StatusCode = (int)response.StatusCode;
            ForwardedHeaders.Copy(response, context.Response.Headers);
            if (response.Content.Headers.ContentLength is null)
            {
                // A stream's headers go ahead of its first part, which may be long in coming.
                await context.Response.Body.FlushAsync(stop.Token);
            }

            await StreamedBody.CopyAsync(await response.Content.ReadAsStreamAsync(stop.Token), context.Response.Body, stop.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            await FailAsync(context, callee.AppId, $"no answer within {limits.InvocationTimeout}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or HttpIOException)
        {
            if (exception.InnerException is BadHttpRequestException bad)
            {
                // The fault is the caller's body (too large, cut off), noticed while it was being passed on.
                throw bad;
            }

            await FailAsync(context, callee.AppId, exception.Message);
        }
    }

    private static HttpRequestMessage RequestOf(HttpContext context, SidecarApp caller, SidecarApp callee, Uri uri)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), uri);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            request.Content = new StreamedBody(context.Request.Body);
        }

        ForwardedHeaders.Copy(context.Request.Headers, request);
        request.Headers.TryAddWithoutValidation("dapr-caller-app-id", caller.AppId);
        request.Headers.TryAddWithoutValidation("dapr-callee-app-id", callee.AppId);
        return request;
    }

    private Task FailAsync(HttpContext context, string appId, string reason)
    {
        if (context.Response.HasStarted)
        {
            // The status is sent; only breaking the connection can still say that the answer is not whole.
            Log.InvocationBrokeOff(logger, appId, reason);
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, DaprErrors.DirectInvoke, $"failed to invoke, id: {appId}, err: {reason}");
    }
}
