using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.AccessLog;

/// <summary>
/// One request in the access log. No path, query, address or subject: those can say who asked what about whom.
/// </summary>
/// <param name="Started">The clock's timestamp.</param>
/// <param name="Ended">The clock's timestamp.</param>
internal readonly record struct AccessLine(
    long Started, long Ended, string Method, string Service, string? Route, string? Municipality, int Status, long? Bytes,
    CallTrace Trace, bool FromCache, int Retries)
{
    public void WriteTo(LineBuffer line, DateTimeOffset at, long microseconds)
    {
        line.Raw("{\"time\":\""u8);
        line.Time(at);
        line.Raw("\",\"method\":\""u8);
        // A made-up method could say anything.
        line.Text(Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" or "CONNECT" ? Method : "other");
        line.Raw("\",\"service\":\""u8);
        line.Text(Service);
        if (Route is not null)
        {
            line.Raw("\",\"route\":\""u8);
            line.Text(Route);
        }

        if (Municipality is not null)
        {
            line.Raw("\",\"municipality\":\""u8);
            line.Text(Municipality);
        }

        line.Raw("\",\"status\":"u8);
        line.Number(Status);
        line.Raw(",\"durationMilliseconds\":"u8);
        line.Thousandths(microseconds);
        if (Bytes is { } bytes)
        {
            line.Raw(",\"bytes\":"u8);
            line.Number(bytes);
        }

        line.Raw(",\"traceId\":\""u8);
        Trace.WriteId(line.Take(32));
        line.Raw(FromCache ? "\",\"fromCache\":true,\"retries\":"u8 : "\",\"fromCache\":false,\"retries\":"u8);
        line.Number(Retries);
        line.Raw("}\n"u8);
    }

    /// <summary>Says how many lines did not fit the buffer.</summary>
    public static void WriteDropped(LineBuffer line, DateTimeOffset at, long lines)
    {
        line.Raw("{\"time\":\""u8);
        line.Time(at);
        line.Raw("\",\"droppedLines\":"u8);
        line.Number(lines);
        line.Raw("}\n"u8);
    }
}
