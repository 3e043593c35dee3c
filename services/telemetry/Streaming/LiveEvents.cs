using System.Buffers;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Streaming;

/// <summary>Writes readings as server-sent events: <c>event: reading</c> with a JSON array, some hundred of them at most.</summary>
internal static class LiveEvents
{
    private const int MostOfAnEvent = 500;
    private static readonly JsonWriterOptions Writing = new() { Encoder = CityJson.Options.Encoder, SkipValidation = true };

    public static void Write(IBufferWriter<byte> body, IReadOnlyList<LiveReading> readings)
    {
        using var writer = new Utf8JsonWriter(body, Writing);
        for (var start = 0; start < readings.Count; start += MostOfAnEvent)
        {
            body.Write("event: reading\ndata: "u8);
            writer.Reset(body);
            writer.WriteStartArray();
            for (var index = start; index < Math.Min(readings.Count, start + MostOfAnEvent); index++)
            {
                Write(writer, readings[index]);
            }

            writer.WriteEndArray();
            writer.Flush();
            body.Write("\n\n"u8);
        }
    }

    private static void Write(Utf8JsonWriter writer, LiveReading reading)
    {
        writer.WriteStartObject();
        writer.WriteString("device"u8, reading.Device);
        writer.WriteString("metric"u8, reading.Metric);
        writer.WriteString("t"u8, UnixMicroseconds.ToTime(reading.T));
        writer.WriteNumber("value"u8, reading.Value);
        writer.WriteEndObject();
    }
}
