using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Writes CloudEvents 1.0 in the JSON format with Dapr's attributes (Dapr docs, "Publishing &amp; subscribing messages with Cloudevents").</summary>
internal static class CloudEventWriter
{
    private const string DefaultType = "com.dapr.event.sent";
    private const string DefaultSource = "Dapr";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Makes the event that is stored for published data.</summary>
    /// <exception cref="FormatException">The data says that it is a CloudEvent and is not one.</exception>
    public static EventContent Of(PublishedData published, DateTimeOffset now)
    {
        var expires = published.Metadata.TimeToLive is { } ttl ? now + ttl : (DateTimeOffset?)null;
        if (published.Metadata.IsRaw)
        {
            return new EventContent(published.Data.ToArray(), expires?.ToUnixTimeMilliseconds() ?? 0, IsRaw: true);
        }

        var buffer = new ArrayBufferWriter<byte>(published.Data.Length + 512);
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        json.WriteStartObject();
        if (MediaTypes.IsCloudEvent(published.ContentType))
        {
            WriteCompleted(json, published, now, ref expires);
        }
        else
        {
            WriteEnvelope(json, published, now);
        }

        if (expires is { } at)
        {
            json.WriteString("expiration"u8, Rfc3339(at));
        }

        json.WriteEndObject();
        json.Flush();
        return new EventContent(buffer.WrittenSpan.ToArray(), expires?.ToUnixTimeMilliseconds() ?? 0);
    }

    /// <summary>Wraps bytes for a subscription that asked for raw payloads. The id stays the same in every redelivery.</summary>
    public static byte[] FromRaw(StoredEvent stored, Subscription subscription)
    {
        var buffer = new ArrayBufferWriter<byte>(stored.Content.Payload.Length * 2);
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        json.WriteStartObject();
        json.WriteString("id"u8, StableId(stored));
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("source"u8, DefaultSource);
        json.WriteString("type"u8, DefaultType);
        json.WriteString("datacontenttype"u8, "application/octet-stream"u8);
        json.WriteString("topic"u8, subscription.Topic);
        json.WriteString("pubsubname"u8, subscription.Pubsub);
        json.WriteBase64String("data_base64"u8, stored.Content.Payload);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEnvelope(Utf8JsonWriter json, PublishedData published, DateTimeOffset now)
    {
        var metadata = published.Metadata;
        json.WriteString("id"u8, metadata["cloudevent.id"] ?? Guid.CreateVersion7(now).ToString());
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("source"u8, metadata["cloudevent.source"] ?? published.AppId);
        json.WriteString("type"u8, metadata["cloudevent.type"] ?? DefaultType);
        if (metadata["cloudevent.subject"] is { } subject)
        {
            json.WriteString("subject"u8, subject);
        }

        json.WriteString("time"u8, Rfc3339(now));
        json.WriteString("topic"u8, published.Topic.Topic);
        json.WriteString("pubsubname"u8, published.Topic.Pubsub);
        WriteTrace(json, metadata["cloudevent.traceparent"] ?? metadata["cloudevent.traceid"] ?? published.TraceParent,
            metadata["cloudevent.tracestate"] ?? published.TraceState);
        json.WriteString("datacontenttype"u8, published.ContentType ?? MediaTypes.Text);
        WriteData(json, published.ContentType, published.Data.Span);
    }

    private static void WriteData(Utf8JsonWriter json, string? contentType, ReadOnlySpan<byte> data)
    {
        if (MediaTypes.IsBinary(contentType))
        {
            json.WriteBase64String("data_base64"u8, data);
        }
        else if (MediaTypes.IsJson(contentType) && CloudEventReader.IsJson(data))
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(data, skipInputValidation: true);
        }
        else
        {
            // Text, and JSON that is none: upstream sends it on as a string, so that the subscriber can see it.
            json.WriteString("data"u8, Encoding.UTF8.GetString(data));
        }
    }

    private static void WriteCompleted(Utf8JsonWriter json, PublishedData published, DateTimeOffset now, ref DateTimeOffset? expires)
    {
        using var document = CloudEventDocument.Parse(published.Data);
        var names = new HashSet<string>(StringComparer.Ordinal) { "topic", "pubsubname" };
        foreach (var attribute in document.RootElement.EnumerateObject())
        {
            var isNull = attribute.Value.ValueKind == JsonValueKind.Null && attribute.Name is not "data";
            var isReplaced = attribute.Name is "expiration" && expires is not null;
            if (!isNull && !isReplaced && names.Add(attribute.Name))
            {
                json.WritePropertyName(attribute.Name);
                json.WriteRawValue(attribute.Value.GetRawText(), skipInputValidation: true);
            }
        }

        void WriteIfMissing(string name, string value)
        {
            if (!names.Contains(name))
            {
                json.WriteString(name, value);
            }
        }

        WriteIfMissing("id", Guid.CreateVersion7(now).ToString());
        WriteIfMissing("specversion", "1.0");
        WriteIfMissing("source", DefaultSource);
        WriteIfMissing("type", DefaultType);
        WriteIfMissing("time", Rfc3339(now));
        json.WriteString("topic"u8, published.Topic.Topic);
        json.WriteString("pubsubname"u8, published.Topic.Pubsub);
        if (!names.Contains("traceparent") && !names.Contains("traceid"))
        {
            WriteTrace(json, published.TraceParent, names.Contains("tracestate") ? null : published.TraceState);
        }

        expires ??= CloudEventDocument.ExpirationOf(document);
    }

    private static void WriteTrace(Utf8JsonWriter json, string? traceParent, string? traceState)
    {
        // Both names carry the same value, as upstream; without a caller's trace the event starts one.
        traceParent ??= $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
        json.WriteString("traceid"u8, traceParent);
        json.WriteString("traceparent"u8, traceParent);
        if (traceState is not null)
        {
            json.WriteString("tracestate"u8, traceState);
        }
    }

    private static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string StableId(StoredEvent stored)
    {
        Span<byte> sequence = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(sequence, stored.Sequence);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(sequence);
        hash.AppendData(stored.Content.Payload);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16)).ToString();
    }
}
