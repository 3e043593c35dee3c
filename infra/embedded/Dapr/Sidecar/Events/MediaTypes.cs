using Microsoft.Net.Http.Headers;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The kinds of media types that an envelope treats differently.</summary>
internal static class MediaTypes
{
    public const string Text = "text/plain";

    public static bool IsCloudEvent(string? contentType) => Is(contentType, "application/cloudevents+json");

    public static bool IsBinary(string? contentType) => Is(contentType, "application/octet-stream");

    public static bool IsJson(string? contentType)
        => Is(contentType, "application/json")
            || (MediaTypeHeaderValue.TryParse(contentType, out var parsed) && parsed.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static bool Is(string? contentType, string mediaType)
        => contentType is not null && contentType.StartsWith(mediaType, StringComparison.OrdinalIgnoreCase)
            && (contentType.Length == mediaType.Length || contentType[mediaType.Length] is ';' or ' ');
}
