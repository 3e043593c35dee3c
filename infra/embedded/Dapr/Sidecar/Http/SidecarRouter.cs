using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Sends each request to its part of Dapr's HTTP API v1.0.</summary>
internal sealed class SidecarRouter(
    string? apiToken, PublishEndpoint publish, BulkPublishEndpoint bulkPublish, StateEndpoints state, SecretEndpoints secrets, InvokeEndpoint invoke,
    InformationEndpoints information, ILogger logger)
{
    private readonly byte[]? _apiToken = apiToken is null ? null : Encoding.UTF8.GetBytes(apiToken);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await DaprErrors.WriteAsync(context, exception.StatusCode, DaprErrors.MalformedRequest, exception.Message);
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException)
        {
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer to.
            context.Abort();
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.RequestFailed(logger, context.Request.Method, context.Request.Path.Value ?? "", exception);
            await DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, "ERR_INTERNAL", "The sidecar failed; its log says why.");
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var app = context.Features.Get<SidecarApp>() ?? throw new InvalidOperationException("A connection belongs to no app.");
        var path = context.Request.Path.Value ?? "";
        var isHealth = path is "/v1.0/healthz" or "/v1.0/healthz/outbound";
        if (!isHealth && !HasToken(context))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return context.Response.WriteAsync("invalid api token", context.RequestAborted);
        }

        if (isHealth)
        {
            return Allow(context, isRead: true) ? information.HealthAsync(context) : Task.CompletedTask;
        }

        if (path == "/v1.0/metadata")
        {
            return Allow(context, isRead: true) ? information.MetadataAsync(context, app) : Task.CompletedTask;
        }

        if (After(path, "/v1.0/publish/bulk/") is { } bulk || (bulk = After(path, "/v1.0-alpha1/publish/bulk/")) is not null)
        {
            return Allow(context, isRead: false) ? bulkPublish.HandleAsync(context, app, bulk) : Task.CompletedTask;
        }

        if (After(path, "/v1.0/publish/") is { } target)
        {
            return Allow(context, isRead: false) ? publish.HandleAsync(context, app, target) : Task.CompletedTask;
        }

        if (path.StartsWith(StateEndpoints.Prefix, StringComparison.Ordinal))
        {
            return state.HandleAsync(context, app);
        }

        return path.StartsWith(SecretEndpoints.Prefix, StringComparison.Ordinal) ? secrets.HandleAsync(context, app) : invoke.HandleAsync(context, app);
    }

    private static string? After(string path, string prefix) => path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;

    private static bool Allow(HttpContext context, bool isRead)
    {
        var method = context.Request.Method;
        if (isRead ? HttpMethods.IsGet(method) || HttpMethods.IsHead(method) : HttpMethods.IsPost(method) || HttpMethods.IsPut(method))
        {
            return true;
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = isRead ? "GET, HEAD" : "POST, PUT";
        return false;
    }

    private bool HasToken(HttpContext context) => _apiToken is null
        || CryptographicOperations.FixedTimeEquals(_apiToken, Encoding.UTF8.GetBytes(context.Request.Headers[AppChannel.ApiTokenHeader].ToString()));
}
