using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dapr;

/// <summary>Unwraps structured-mode CloudEvents (CloudEvents JSON format 1.0, section 3) before the handler.</summary>
internal sealed class CloudEventsMiddleware(RequestDelegate next, CloudEventsMiddlewareOptions options)
{
    private const string MediaType = "application/cloudevents+json";

    // The body carries the first three; the sidecar sends the others as headers of their own.
    private static readonly string[] NeverHeaders = ["datacontenttype", "data", "data_base64", "pubsubname", "traceparent"];

    public Task InvokeAsync(HttpContext context)
        => MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var contentType)
            && contentType.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            ? UnwrapAsync(context)
            : next(context);

    private async Task UnwrapAsync(HttpContext context)
    {
        var request = context.Request;
        using var document = await ReadAsync(context);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var (data, dataBase64) = (Attribute(document, "data"), Attribute(document, "data_base64"));
        byte[] body;
        string? contentType = null;
        if (data is not null && dataBase64 is not null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        else if (data is { } value)
        {
            (contentType, var isJson) = DataContentType(document);
            // Anything but a string is JSON whatever the media type says; text travels as a JSON string.
            isJson |= value.ValueKind != JsonValueKind.String || options.SuppressJsonDecodingOfTextPayloads;
            body = Encoding.UTF8.GetBytes(isJson ? value.GetRawText() : value.GetString()!);
        }
        else if (dataBase64 is { } base64)
        {
            if (base64.ValueKind != JsonValueKind.String || !base64.TryGetBytesFromBase64(out body!))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            contentType = DataContentType(document).ContentType;
        }
        else
        {
            body = [];
        }

        ForwardAttributes(request, document);
        var (originalBody, originalType, originalLength) = (request.Body, request.ContentType, request.ContentLength);
        try
        {
            request.Body = new MemoryStream(body, writable: false);
            request.ContentType = contentType;
            request.ContentLength = body.Length;
            await next(context);
        }
        finally
        {
            request.Body = originalBody;
            request.ContentType = originalType;
            request.ContentLength = originalLength;
        }
    }

    private static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Attribute(JsonDocument document, string name)
    {
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }

    private static (string ContentType, bool IsJson) DataContentType(JsonDocument document)
    {
        if (Attribute(document, "datacontenttype") is not { ValueKind: JsonValueKind.String } attribute
            || !MediaTypeHeaderValue.TryParse(attribute.GetString(), out var parsed))
        {
            return ("application/json", true);
        }

        var isJson = parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || parsed.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
        // The body is written as UTF-8, whatever its publisher used.
        parsed.Charset = StringSegment.Empty;
        return (parsed.ToString(), isJson);
    }

    private void ForwardAttributes(HttpRequest request, JsonDocument document)
    {
        if (!options.ForwardCloudEventPropertiesAsHeaders)
        {
            return;
        }

        foreach (var attribute in document.RootElement.EnumerateObject().Where(a => IsForwarded(a.Name)))
        {
            var value = attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString() : attribute.Value.GetRawText();
            request.Headers.TryAdd($"Cloudevent.{attribute.Name.ToLowerInvariant()}", value);
        }
    }

    private bool IsForwarded(string name)
    {
        bool In(string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        return !In(NeverHeaders) && (options.IncludedCloudEventPropertiesAsHeaders is { } included
            ? In(included)
            : options.ExcludedCloudEventPropertiesFromHeaders is not { } excluded || !In(excluded));
    }
}
