using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The forms of answers of the state API.</summary>
internal static class StateAnswer
{
    /// <summary>What may wait in memory of a bulk answer.</summary>
    public const int FlushBytes = 64 * 1024;

    /// <summary>Says when a value expires, in RFC 3339.</summary>
    public const string ExpiryHeader = "metadata.ttlExpireTime";

    public static Task MalformedAsync(HttpContext context, FormatException exception)
        => DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.MalformedRequest, exception.Message);

    /// <summary>The status for a failure of the store, or null when it is none.</summary>
    public static int? StatusOf(Exception exception) => exception switch
    {
        StateConflictException => StatusCodes.Status409Conflict,
        StateFullException => StatusCodes.Status507InsufficientStorage,
        IOException or TimeoutException or CircuitOpenException => StatusCodes.Status500InternalServerError,
        _ => null,
    };

    public static string? ExpiryOf(StateVersion version) => version.ExpiresAtUnixMilliseconds == 0
        ? null
        : DateTimeOffset.FromUnixTimeMilliseconds(version.ExpiresAtUnixMilliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One entry of a bulk answer; a key that is not there has its name only.</summary>
    public static void WriteItem(Utf8JsonWriter json, string name, StateVersion? version)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, name);
        if (version is not null)
        {
            if (CloudEventReader.IsJson(version.Value))
            {
                json.WritePropertyName("data"u8);
                json.WriteRawValue(version.Value, skipInputValidation: true);
            }
            else
            {
                json.WriteBase64String("data_base64"u8, version.Value);
            }

            json.WriteString("etag"u8, version.ETag.ToString(CultureInfo.InvariantCulture));
            if (ExpiryOf(version) is { } expiry)
            {
                json.WriteStartObject("metadata"u8);
                json.WriteString("ttlExpireTime"u8, expiry);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }
}
