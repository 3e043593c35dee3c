using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary><c>POST /v1.0/publish/bulk/{pubsub}/{topic}</c>: many events, one wait for the disk.</summary>
internal sealed class BulkPublishEndpoint(EventStore store, PublishTarget targets, DaprSidecarLimits limits, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context, SidecarApp app, string target)
    {
        if (await targets.ReadAsync(context, app, target) is not { } topic)
        {
            return;
        }

        var body = await RequestBody.ReadAsync(context, limits.MaximumEventBytes);
        List<(string EntryId, EventContent Content)> events;
        try
        {
            events = Read(context, app, topic, body);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.Events,
                $"error when unmarshaling the request for topic {topic.Topic} pubsub {topic.Pubsub}: {exception.Message}");
            return;
        }

        var failed = await StoreAsync(context, app, topic, events);
        if (failed.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await DaprErrors.WriteJsonAsync(context, StatusCodes.Status500InternalServerError, new FailedBody(failed, DaprErrors.PublishMessage));
    }

    private List<(string EntryId, EventContent Content)> Read(HttpContext context, SidecarApp app, TopicKey topic, ReadOnlyMemory<byte> body)
    {
        var (traceParent, traceState) = PublishTarget.TraceOf(context);
        var entries = JsonSerializer.Deserialize<List<Entry?>>(body.Span, JsonSerializerOptions.Web) ?? throw new FormatException("the body is null");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var events = new List<(string, EventContent)>(entries.Count);
        foreach (var entry in entries)
        {
            if (string.IsNullOrEmpty(entry?.EntryId) || !ids.Add(entry.EntryId))
            {
                throw new FormatException("entryId is missing or doubled");
            }

            var metadata = PublishTarget.MetadataOf(context, entry.Metadata);
            var published = new PublishedData(topic, app.AppId, entry.ContentType, entry.Bytes(), metadata, traceParent, traceState);
            events.Add((entry.EntryId, CloudEventWriter.Of(published, clock.GetUtcNow())));
        }

        return events;
    }

    private async Task<List<Failure>> StoreAsync(HttpContext context, SidecarApp app, TopicKey topic, List<(string EntryId, EventContent Content)> events)
    {
        var failed = new List<Failure>();
        var writes = new List<(string EntryId, Task Written)>(events.Count);
        foreach (var (entryId, content) in events)
        {
            writes.Add((entryId, PublishTarget.StoreAsync(store, app, topic, content, clock, context.RequestAborted)));
        }

        foreach (var (entryId, written) in writes)
        {
            try
            {
                await written;
            }
            catch (Exception exception) when (exception is QueueFullException or IOException or TimeoutException or CircuitOpenException)
            {
                failed.Add(new Failure(entryId, exception.Message));
            }
        }

        return failed;
    }

    private sealed record Entry(string? EntryId, JsonElement Event, string? ContentType, Dictionary<string, string>? Metadata)
    {
        /// <exception cref="FormatException">The event is not of the form that its content type asks for.</exception>
        public byte[] Bytes()
        {
            if (Event.ValueKind == JsonValueKind.Undefined)
            {
                throw new FormatException($"entry {EntryId} has no event");
            }

            if (MediaTypes.IsJson(ContentType))
            {
                return Encoding.UTF8.GetBytes(Event.GetRawText());
            }

            if (Event.ValueKind != JsonValueKind.String)
            {
                throw new FormatException($"the event of entry {EntryId} is not a string, which {ContentType ?? MediaTypes.Text} needs");
            }

            return MediaTypes.IsBinary(ContentType) ? Event.GetBytesFromBase64() : Encoding.UTF8.GetBytes(Event.GetString()!);
        }
    }

    private sealed record FailedBody(List<Failure> FailedEntries, string ErrorCode);

    private sealed record Failure(string EntryId, string Error);
}
