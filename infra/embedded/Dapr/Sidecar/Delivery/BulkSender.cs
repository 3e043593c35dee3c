using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Posts several events in upstream's bulk envelope and reads the verdict on each.</summary>
internal sealed class BulkSender(EventSender sender)
{
    private const int VerdictBytes = 4 * 1024 * 1024;

    /// <summary>The whole request's outcome, and what became of each event.</summary>
    public async Task<(DeliveryOutcome Outcome, DeliveryResult[] Verdicts)> SendAsync(SidecarApp app, Uri address, string path, Subscription subscription,
        List<LinkedListNode<StoredEvent>> nodes, TimeSpan? timeout, CancellationToken stopping)
    {
        var verdicts = new DeliveryResult[nodes.Count];
        var isJudged = false;
        using var content = new ReadOnlyMemoryContent(Envelope(subscription, nodes)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var outcome = await sender.PostAsync(app, address, path, content, subscription.Pubsub, traceParent: null, VerdictBytes,
            body =>
            {
                isJudged = true;
                return Read(body, nodes, verdicts);
            }, timeout, stopping);
        if (!isJudged)
        {
            Array.Fill(verdicts, outcome.Result);
        }

        return (outcome, verdicts);
    }

    private static ReadOnlyMemory<byte> Envelope(Subscription subscription, List<LinkedListNode<StoredEvent>> nodes)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + nodes.Sum(n => n.Value.Content.Payload.Length + 128));
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("id"u8, Guid.NewGuid());
        json.WriteString("type"u8, "com.dapr.event.sent.bulk"u8);
        json.WriteString("topic"u8, subscription.Topic);
        json.WriteString("pubsubname"u8, subscription.Pubsub);
        json.WriteStartObject("metadata"u8);
        json.WriteEndObject();
        json.WriteStartArray("entries"u8);
        foreach (var node in nodes)
        {
            json.WriteStartObject();
            json.WriteString("entryId"u8, EntryIdOf(node));
            json.WritePropertyName("event"u8);
            if (subscription.IsRaw)
            {
                json.WriteBase64StringValue(node.Value.Content.Payload);
            }
            else
            {
                json.WriteRawValue(node.Value.Content.Payload, skipInputValidation: true);
            }

            json.WriteStartObject("metadata"u8);
            json.WriteEndObject();
            json.WriteString("contentType"u8, subscription.IsRaw ? "application/octet-stream"u8 : "application/cloudevents+json"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static string EntryIdOf(LinkedListNode<StoredEvent> node) => node.Value.Sequence.ToString(CultureInfo.InvariantCulture);

    // As upstream an event that the answer does not name is tried again.
    private static DeliveryOutcome Read(ReadOnlyMemory<byte>? body, List<LinkedListNode<StoredEvent>> nodes, DeliveryResult[] verdicts)
    {
        Array.Fill(verdicts, DeliveryResult.Retry);
        try
        {
            var answer = body is { Length: > 0 } bytes ? JsonSerializer.Deserialize<Answer>(bytes.Span, JsonSerializerOptions.Web) : null;
            var byEntry = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var status in answer?.Statuses ?? [])
            {
                if (status?.EntryId is { } id)
                {
                    byEntry[id] = status.Status;
                }
            }

            for (var i = 0; i < nodes.Count; i++)
            {
                verdicts[i] = !byEntry.TryGetValue(EntryIdOf(nodes[i]), out var status) ? DeliveryResult.Retry
                    : status is null or "" or "SUCCESS" ? DeliveryResult.Success
                    : status is "DROP" ? DeliveryResult.Drop
                    : DeliveryResult.Retry;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new DeliveryOutcome(DeliveryResult.Retry, "the app's answer to a bulk of events is not JSON");
        }

        var again = verdicts.Count(v => v == DeliveryResult.Retry);
        return again == 0
            ? new DeliveryOutcome(DeliveryResult.Success)
            : new DeliveryOutcome(DeliveryResult.Retry, string.Create(CultureInfo.InvariantCulture, $"the app wants {again} of {verdicts.Length} events again"));
    }

    private sealed record Answer(List<EntryStatus?>? Statuses);

    private sealed record EntryStatus(string? EntryId, string? Status);
}
