using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Service invocation: passes a request to another app and its answer back, both streamed, neither changed.</summary>
internal sealed class InvokeEndpoint(
    IReadOnlyDictionary<string, SidecarApp> apps, AppChannel channel, DaprSidecarLimits limits, TimeProvider clock, ILogger logger)
{
    private readonly Invoker _invoker = new(channel, limits, clock);

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
        await ForwardAsync(context, caller, callee, address, target.PathAndQuery);
    }

    private async Task ForwardAsync(HttpContext context, SidecarApp caller, SidecarApp callee, Uri address, string pathAndQuery)
    {
        var uri = AppPath.Of(address, pathAndQuery);
        try
        {
            using var outcome = await _invoker.InvokeAsync(context, caller.Resiliency.ForApp(callee.AppId, pathAndQuery.Split('?', 2)[0]),
                content => RequestOf(context, caller, callee, uri, content));
            if (outcome.Response is not { } response)
            {
                await FailAsync(context, callee.AppId, outcome.Failure ?? "");
                return;
            }

            context.Response.StatusCode = (int)response.StatusCode;
            ForwardedHeaders.Copy(response, context.Response.Headers);
            if (response.Content.Headers.ContentLength is null)
            {
                // A stream's headers go ahead of its first part, which may be long in coming.
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            await StreamedBody.CopyAsync(await response.Content.ReadAsStreamAsync(context.RequestAborted), context.Response.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is CircuitOpenException or HttpRequestException || (exception is IOException and not BadHttpRequestException))
        {
            await FailAsync(context, callee.AppId, exception.Message);
        }
    }

    private static HttpRequestMessage RequestOf(HttpContext context, SidecarApp caller, SidecarApp callee, Uri uri, HttpContent? content)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), uri) { Content = content };
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
