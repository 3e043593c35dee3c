using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Reads what a zip entry unpacks to, and stops where that is more than it may be.</summary>
/// <param name="allowedBytes">The most that may come.</param>
/// <param name="packedBytes">Size of the entry in the zip.</param>
/// <param name="count">Told how many bytes came.</param>
internal sealed class BoundedStream(Stream inner, long allowedBytes, long packedBytes, Action<int> count) : ForwardReading
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        count(read);
        _read += read;
        if (_read > allowedBytes)
        {
            throw new FeedTooLargeException("zip_entry_too_large", allowedBytes);
        }

        return _read > FeedLimits.BytesWithoutRatio && _read > packedBytes * FeedLimits.Ratio
            ? throw new FeedTooLargeException("zip_ratio_too_high", FeedLimits.Ratio)
            : read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A zip entry unpacks to more than it may.</summary>
/// <param name="code">Of the notice.</param>
/// <param name="limit">What was passed.</param>
internal sealed class FeedTooLargeException(string code, long limit) : IOException("A zip entry is too large: " + code)
{
    public string Code { get; } = code;

    public long Limit => limit;
}
