using System.Buffers;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>A growing buffer whose memory goes back to the pool while it is empty, so that idle connections cost nothing.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int SmallestBytes = 1024;

    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsSpan(Length);
    }

    public void Release()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = [];
        Length = 0;
    }

    public void Clear() => Length = 0;

    private void Reserve(int count)
    {
        if (_array.Length - Length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, Math.Max(_array.Length * 2, SmallestBytes)));
        _array.AsSpan(0, Length).CopyTo(larger);
        var length = Length;
        Release();
        _array = larger;
        Length = length;
    }
}
