namespace SmartCity.Mqtt.Tests.Support;

/// <summary>A client that sends some bytes, then the same ones over and over, and takes nothing until it is let.</summary>
internal sealed class RepeatingStream(byte[] first, byte[] repeated, long lengthBytes) : Stream
{
    private readonly TaskCompletionSource _takes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => lengthBytes;

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public void Take() => _takes.TrySetResult();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(buffer.Length, lengthBytes - BytesRead);
        var span = buffer.Span[..count];
        for (var at = 0; at < count;)
        {
            var source = BytesRead < first.Length ? first.AsSpan((int)BytesRead) : repeated.AsSpan((int)((BytesRead - first.Length) % repeated.Length));
            var length = Math.Min(source.Length, count - at);
            source[..length].CopyTo(span[at..]);
            at += length;
            BytesRead += length;
        }

        return ValueTask.FromResult(count);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await _takes.Task;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
