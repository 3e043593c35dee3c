using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace SmartCity.Gateway.Door;

/// <summary>
/// The trace of a request (W3C Trace Context, <c>traceparent</c>). Where somebody listens, the server has begun an
/// activity, which counts. Where nobody does, the ids alone are carried, for the access log and the services behind: an
/// activity for each request would cost more than all checks of the door together.
/// </summary>
internal readonly struct CallTrace
{
    private const int ParentLength = 55;
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly string _flags;
    private readonly Activity? _activity;

    private CallTrace(ulong high, ulong low, string flags, Activity? activity)
    {
        _high = high;
        _low = low;
        _flags = flags;
        _activity = activity;
    }

    /// <summary>What a service behind is told: the same trace, and a span of this gateway.</summary>
    public string TraceParent => _activity?.Id ?? string.Create(ParentLength, this, static (text, trace) =>
    {
        Span<byte> bytes = stackalloc byte[24];
        trace.WriteBytes(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], RandomNumber());
        "00-".CopyTo(text);
        Convert.TryToHexStringLower(bytes[..16], text[3..], out _);
        text[35] = '-';
        Convert.TryToHexStringLower(bytes[16..], text[36..], out _);
        text[52] = '-';
        trace._flags.CopyTo(text[53..]);
    });

    public static CallTrace Of(HttpContext http)
    {
        if (Activity.Current is { } activity)
        {
            Span<byte> id = stackalloc byte[16];
            activity.TraceId.CopyTo(id);
            return new CallTrace(
                BinaryPrimitives.ReadUInt64BigEndian(id), BinaryPrimitives.ReadUInt64BigEndian(id[8..]), "00", activity);
        }

        var headers = http.Request.Headers;
        if (headers.TraceParent.Count == 1 && TryParse(headers.TraceParent.ToString(), out var high, out var low, out var flags))
        {
            return new CallTrace(high, low, flags, activity: null);
        }

        if (headers.TraceState.Count > 0)
        {
            // It belongs to a trace that nobody can name any more (section 3.3 of the recommendation).
            headers.TraceState = StringValues.Empty;
        }

        return new CallTrace(RandomNumber(), RandomNumber(), "00", activity: null);
    }

    /// <summary>Writes the trace id's 32 hexadecimal digits.</summary>
    public void WriteId(Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteBytes(bytes);
        Convert.TryToHexStringLower(bytes, utf8, out _);
    }

    /// <summary>For the rare request that is logged or answered by the gateway itself: what they name is this trace.</summary>
    /// <returns>Ends it when disposed; null when the server's own is there.</returns>
    public Activity? Begin() => _activity is null ? new Activity("gateway.request").SetParentId(TraceParent).Start() : null;

    private void WriteBytes(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
    }

    /// <summary>Version 00, or what a later one must begin with.</summary>
    private static bool TryParse(string text, out ulong high, out ulong low, out string flags)
    {
        (high, low, flags) = (0, 0, "00");
        if (text.Length < ParentLength || (text.Length > ParentLength && (text.StartsWith("00", StringComparison.Ordinal) || text[ParentLength] != '-'))
            || text.StartsWith("ff", StringComparison.Ordinal) || text[2] != '-' || text[35] != '-' || text[52] != '-')
        {
            return false;
        }

        var span = text.AsSpan(0, ParentLength);
        if (span.ContainsAnyInRange('A', 'F')
            || !TryParseHex(span[..2], out _) || !TryParseHex(span[3..19], out high) || !TryParseHex(span[19..35], out low)
            || !TryParseHex(span[36..52], out var parent) || !TryParseHex(span[53..], out var bits))
        {
            return false;
        }

        flags = (bits & 1) == 1 ? "01" : "00";
        return (high | low) != 0 && parent != 0;
    }

    private static bool TryParseHex(ReadOnlySpan<char> text, out ulong value)
        => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    // Ids must differ, not be secret; zero means none.
    private static ulong RandomNumber() => (ulong)Random.Shared.NextInt64(1, long.MaxValue);
}
