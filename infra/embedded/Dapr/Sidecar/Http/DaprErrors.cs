using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Dapr's form of an error: <c>{"errorCode": …, "message": …}</c> (Dapr docs, "Error codes returned by APIs").</summary>
internal static class DaprErrors
{
    public const string PubsubNotFound = "ERR_PUBSUB_NOT_FOUND";
    public const string PubsubNotConfigured = "ERR_PUBSUB_NOT_CONFIGURED";
    public const string PubsubForbidden = "ERR_PUBSUB_FORBIDDEN";
    public const string PubsubEmpty = "ERR_PUBSUB_EMPTY";
    public const string TopicEmpty = "ERR_TOPIC_NAME_EMPTY";
    public const string PublishMessage = "ERR_PUBSUB_PUBLISH_MESSAGE";
    public const string RequestMetadata = "ERR_PUBSUB_REQUEST_METADATA";
    public const string CloudEvent = "ERR_PUBSUB_CLOUD_EVENTS_SER";
    public const string Events = "ERR_PUBSUB_EVENTS_SER";
    public const string StateNotConfigured = "ERR_STATE_STORE_NOT_CONFIGURED";
    public const string StateNotFound = "ERR_STATE_STORE_NOT_FOUND";
    public const string StateSave = "ERR_STATE_SAVE";
    public const string StateDelete = "ERR_STATE_DELETE";
    public const string StateTransaction = "ERR_STATE_TRANSACTION";
    public const string StateOperation = "ERR_NOT_SUPPORTED_STATE_OPERATION";
    public const string SecretsNotConfigured = "ERR_SECRET_STORES_NOT_CONFIGURED";
    public const string SecretStoreNotFound = "ERR_SECRET_STORE_NOT_FOUND";
    public const string SecretGet = "ERR_SECRET_GET";
    public const string DirectInvoke = "ERR_DIRECT_INVOKE";
    public const string MalformedRequest = "ERR_MALFORMED_REQUEST";
    public const string Health = "ERR_HEALTH_NOT_READY";

    public static Task WriteAsync(HttpContext context, int status, string errorCode, string message)
        => WriteJsonAsync(context, status, new ErrorBody(errorCode, message));

    public static Task WriteJsonAsync<T>(HttpContext context, int status, T body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, JsonSerializerOptions.Web, context.RequestAborted);
    }

    private sealed record ErrorBody(string ErrorCode, string Message);
}
