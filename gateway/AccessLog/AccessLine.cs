using System.Diagnostics;
using System.Text.Json;

namespace SmartCity.Gateway.AccessLog;

/// <summary>
/// One request in the access log. No path, query, address or subject: those can say who asked what about whom.
/// </summary>
internal readonly record struct AccessLine(
    DateTimeOffset At, string Method, string Service, string? Route, string? Municipality, int Status, TimeSpan Duration, long? Bytes,
    ActivityTraceId TraceId, bool FromCache, int Retries)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("time"u8, At);
        // A made-up method could say anything.
        json.WriteString("method"u8, Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" or "CONNECT" ? Method : "other");
        json.WriteString("service"u8, Service);
        if (Route is not null)
        {
            json.WriteString("route"u8, Route);
        }

        if (Municipality is not null)
        {
            json.WriteString("municipality"u8, Municipality);
        }

        json.WriteNumber("status"u8, Status);
        json.WriteNumber("durationMilliseconds"u8, Math.Round(Duration.TotalMilliseconds, 3));
        if (Bytes is { } bytes)
        {
            json.WriteNumber("bytes"u8, bytes);
        }

        if (TraceId != default)
        {
            json.WriteString("traceId"u8, TraceId.ToHexString());
        }

        json.WriteBoolean("fromCache"u8, FromCache);
        json.WriteNumber("retries"u8, Retries);
        json.WriteEndObject();
    }

    /// <summary>Says how many lines did not fit the buffer.</summary>
    public static void WriteDropped(Utf8JsonWriter json, DateTimeOffset at, long lines)
    {
        json.WriteStartObject();
        json.WriteString("time"u8, at);
        json.WriteNumber("droppedLines"u8, lines);
        json.WriteEndObject();
    }
}
