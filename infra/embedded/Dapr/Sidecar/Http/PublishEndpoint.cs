using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary><c>POST /v1.0/publish/{pubsub}/{topic}</c> (Dapr docs, "Pub/sub API reference").</summary>
internal sealed class PublishEndpoint(EventStore store, PublishTarget targets, DaprSidecarLimits limits, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context, SidecarApp app, string target)
    {
        if (await targets.ReadAsync(context, app, target) is not { } topic)
        {
            return;
        }

        var body = await RequestBody.ReadAsync(context, limits.MaximumEventBytes);
        PublishMetadata metadata;
        try
        {
            metadata = PublishTarget.MetadataOf(context);
        }
        catch (FormatException exception)
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.RequestMetadata,
                $"failed deserializing metadata. Error: {exception.Message}");
            return;
        }

        EventContent content;
        try
        {
            var (traceParent, traceState) = PublishTarget.TraceOf(context);
            var contentType = string.IsNullOrEmpty(context.Request.ContentType) ? null : context.Request.ContentType;
            content = CloudEventWriter.Of(new PublishedData(topic, app.AppId, contentType, body, metadata, traceParent, traceState), clock.GetUtcNow());
        }
        catch (FormatException exception)
        {
            // Upstream answers 500 here; the fault is the publisher's, and a 4xx tells it not to try again.
            await DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.CloudEvent, $"cannot create cloudevent: {exception.Message}");
            return;
        }

        await StoreAsync(context, app, topic, content);
    }

    private async Task StoreAsync(HttpContext context, SidecarApp app, TopicKey topic, EventContent content)
    {
        try
        {
            await PublishTarget.StoreAsync(store, app, topic, content, clock, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (QueueFullException exception)
        {
            await PublishTarget.WriteFullAsync(context, exception);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or CircuitOpenException)
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, DaprErrors.PublishMessage,
                $"error when publishing to topic {topic.Topic} in pubsub {topic.Pubsub}: {exception.Message}");
        }
    }
}
