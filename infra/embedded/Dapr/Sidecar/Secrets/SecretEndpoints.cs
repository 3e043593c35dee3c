using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary><c>GET /v1.0/secrets/{store}/{name}</c> and <c>/bulk</c> (Dapr docs, "Secrets API reference").</summary>
internal sealed class SecretEndpoints(ComponentCatalog catalog)
{
    public const string Prefix = "/v1.0/secrets/";

    public Task HandleAsync(HttpContext context, SidecarApp app)
    {
        if (RequestTarget.SegmentsAfter(context, Prefix) is not [var storeName, { Length: > 0 } name])
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET";
            return Task.CompletedTask;
        }

        if (catalog.SecretStoreFor(app.AppId, storeName) is not { } store)
        {
            return catalog.SecretStores.Any(s => s.IsFor(app.AppId))
                ? DaprErrors.WriteAsync(context, StatusCodes.Status401Unauthorized, DaprErrors.SecretStoreNotFound, $"failed finding secret store with key {storeName}")
                : DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, DaprErrors.SecretsNotConfigured, "secret store is not configured");
        }

        context.Response.Headers.CacheControl = "no-store";
        if (name == "bulk")
        {
            return DaprErrors.WriteJsonAsync(context, StatusCodes.Status200OK, store.Source.GetAll());
        }

        return store.Source.Get(name) is { } secret
            ? DaprErrors.WriteJsonAsync(context, StatusCodes.Status200OK, secret)
            : DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, DaprErrors.SecretGet,
                $"failed getting secret with key {name} from secret store {storeName}: secret {name} not found");
    }
}
