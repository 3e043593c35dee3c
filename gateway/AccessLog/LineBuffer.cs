using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmartCity.Gateway.AccessLog;

/// <summary>
/// Lines of JSON (UTF-8) on their way to the log, put together from pieces: a general JSON writer took as long as all
/// checks of a request.
/// </summary>
internal sealed class LineBuffer(int capacity)
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./{}*:~ ");

    private readonly ArrayBufferWriter<byte> _bytes = new(capacity);
    private readonly byte[] _second = new byte[19];
    private long _formattedSecond = -1;

    public int Count => _bytes.WrittenCount;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Room for bytes that the caller writes now.</summary>
    public Span<byte> Take(int count)
    {
        var span = _bytes.GetSpan(count)[..count];
        _bytes.Advance(count);
        return span;
    }

    public void Raw(ReadOnlySpan<byte> json) => json.CopyTo(Take(json.Length));

    /// <summary>What stands between quotation marks.</summary>
    public void Text(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            Raw(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        }
        else
        {
            Encoding.ASCII.GetBytes(text, Take(text.Length));
        }
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _bytes.GetSpan(20), out var written);
        _bytes.Advance(written);
    }

    /// <summary>1234 as 1.234.</summary>
    public void Thousandths(long value)
    {
        Number(value / 1000);
        var digits = Take(4);
        digits[0] = (byte)'.';
        Digits(digits[1..], (int)(value % 1000));
    }

    /// <summary>RFC 3339 to the millisecond, in UTC.</summary>
    public void Time(DateTimeOffset at)
    {
        var ticks = at.UtcTicks;
        var second = ticks / TimeSpan.TicksPerSecond;
        if (second != _formattedSecond)
        {
            _formattedSecond = second;
            at.UtcDateTime.TryFormat(_second, out _, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        }

        Raw(_second);
        var rest = Take(5);
        rest[0] = (byte)'.';
        Digits(rest[1..4], (int)(ticks / TimeSpan.TicksPerMillisecond % 1000));
        rest[4] = (byte)'Z';
    }

    private static void Digits(Span<byte> three, int value)
    {
        three[0] = (byte)('0' + (value / 100));
        three[1] = (byte)('0' + (value / 10 % 10));
        three[2] = (byte)('0' + (value % 10));
    }
}
