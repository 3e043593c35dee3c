using System.Globalization;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>A CloudEvent that a publisher made itself.</summary>
internal static class CloudEventDocument
{
    /// <exception cref="FormatException">The data is not a JSON object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> data)
    {
        if (!CloudEventReader.IsJsonObject(data.Span))
        {
            throw new FormatException("the body is not a CloudEvent in its JSON format");
        }

        return JsonDocument.Parse(data);
    }

    /// <summary>The <c>expiration</c> attribute; as upstream one that is not a time counts as none.</summary>
    public static DateTimeOffset? ExpirationOf(JsonDocument document)
        => document.RootElement.TryGetProperty("expiration", out var value) && value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
