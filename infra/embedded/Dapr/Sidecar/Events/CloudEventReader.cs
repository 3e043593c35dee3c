using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Looks into an event's JSON without building a document.</summary>
internal static class CloudEventReader
{
    /// <summary>A top-level string attribute, or null when there is none or the payload is not a JSON object.</summary>
    public static string? GetString(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> name)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(name);
                reader.Read();
                if (found)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string that is not UTF-8.
            return null;
        }
    }

    /// <summary>Whether the bytes are one well-formed JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> payload)
    {
        if (!System.Text.Unicode.Utf8.IsValid(payload))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read())
            {
                return false;
            }

            while (reader.Read())
            {
                continue;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static bool IsJsonObject(ReadOnlySpan<byte> payload) => payload.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && IsJson(payload);
}
