namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Reads what a zip entry unpacks to, and stops where that is more than it may be.</summary>
/// <param name="allowedBytes">The most that may come.</param>
/// <param name="packedBytes">Size of the entry in the zip.</param>
/// <param name="count">Told how many bytes came.</param>
internal sealed class BoundedStream(Stream inner, long allowedBytes, long packedBytes, Action<int> count) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
