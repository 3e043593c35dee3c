using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads what publish requests, single and bulk, have in common.</summary>
internal sealed class PublishTarget(ComponentCatalog catalog)
{
    /// <summary>The topic, or null when an error was answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="app">The publisher.</param>
    /// <param name="target"><c>{pubsub}/{topic}</c>; a topic may itself have slashes, as upstream.</param>
    public async Task<TopicKey?> ReadAsync(HttpContext context, SidecarApp app, string target)
    {
        target = Exact(context, target);
        var slash = target.IndexOf('/', StringComparison.Ordinal);
        var pubsub = slash < 0 ? target : target[..slash];
        var topic = slash < 0 ? "" : target[(slash + 1)..];
        if (pubsub.Length == 0)
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status404NotFound, DaprErrors.PubsubEmpty, "pubsub name is empty");
            return null;
        }

        if (catalog.PubsubFor(app.AppId, pubsub) is not { } component)
        {
            if (!catalog.Pubsubs.Any(c => c.IsFor(app.AppId)))
            {
                await DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.PubsubNotConfigured, $"pubsub {pubsub} is not configured");
                return null;
            }

            await DaprErrors.WriteAsync(context, StatusCodes.Status404NotFound, DaprErrors.PubsubNotFound, $"pubsub {pubsub} is not found");
            return null;
        }

        if (topic.Length == 0)
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status404NotFound, DaprErrors.TopicEmpty, $"topic is empty in pubsub {pubsub}");
            return null;
        }

        if (!component.Topics.MayPublish(app.AppId, topic))
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status403Forbidden, DaprErrors.PubsubForbidden, $"topic {topic} is not allowed for app id {app.AppId}");
            return null;
        }

        return new TopicKey(pubsub, topic);
    }

    // The server decodes a path but for its encoded slashes; decoding that again would make another topic of "a%2541".
    private static string Exact(HttpContext context, string target)
        => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Contains('%', StringComparison.Ordinal)
            ? string.Join('/', RequestTarget.SegmentsAfter(context, context.Request.Path.Value![..^target.Length]))
            : target;

    /// <summary>The metadata in the query string: <c>?metadata.ttlInSeconds=60</c>.</summary>
    /// <exception cref="FormatException">A value that the sidecar understands is malformed.</exception>
    public static PublishMetadata MetadataOf(HttpContext context, IEnumerable<KeyValuePair<string, string>>? more = null)
        => more is null && !context.Request.QueryString.HasValue ? PublishMetadata.None : new(RequestTarget.QueryMetadata(context)
            .Select(q => KeyValuePair.Create(q.Name, q.Values.ToString()))
            .Concat(more ?? []));

    /// <summary>The W3C trace context of the request, or nulls when there is none or it is malformed.</summary>
    public static (string? TraceParent, string? TraceState) TraceOf(HttpContext context)
    {
        var parent = context.Request.Headers.TraceParent.ToString();
        var state = context.Request.Headers.TraceState.ToString();
        return System.Diagnostics.ActivityContext.TryParse(parent, state, out _)
            ? (parent, state.Length == 0 ? null : state)
            : (null, null);
    }

    /// <summary>Stores an event under the publisher's policy for the component; begins before it returns.</summary>
    /// <exception cref="QueueFullException">An app's queue has no room.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="TimeoutException">The disk took longer than the policy allows.</exception>
    /// <exception cref="CircuitOpenException">The component's circuit breaker is open.</exception>
    public static async Task StoreAsync(
        EventStore store, SidecarApp app, TopicKey topic, EventContent content, TimeProvider clock, CancellationToken cancellationToken)
    {
        var policy = app.Resiliency.Outbound(topic.Pubsub, "Pubsub");
        if (ReferenceEquals(policy, Policy.None))
        {
            await store.PublishAsync(topic, content);
            return;
        }

        await policy.RunAsync(async () =>
        {
            await store.PublishAsync(topic, content);
            return true;
        }, static exception => exception is IOException, clock, cancellationToken);
    }

    /// <summary>Answers that a queue has no room.</summary>
    public static Task WriteFullAsync(HttpContext context, QueueFullException exception)
    {
        context.Response.Headers.RetryAfter = "1";
        return DaprErrors.WriteAsync(context, StatusCodes.Status429TooManyRequests, DaprErrors.PublishMessage, exception.Message);
    }
}
