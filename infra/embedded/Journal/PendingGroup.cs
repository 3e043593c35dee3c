using System.Buffers;

namespace SmartCity.Embedded.Journal;

/// <summary>The records that will reach the disk together, and the promise that they have.</summary>
internal sealed class PendingGroup
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ArrayBufferWriter<byte> Bytes { get; } = new(16 * 1024);

    /// <summary>The whole content of a fresh file, when this group begins with a rewrite.</summary>
    public ArrayBufferWriter<byte>? Snapshot { get; set; }

    public Task Written => _written.Task;

    public bool IsEmpty => Bytes.WrittenCount == 0 && Snapshot is null;

    public void Complete() => _written.TrySetResult();

    public void Fail(Exception exception)
    {
        _written.TrySetException(exception);
        // Appends whose writers did not wait have nobody to observe this; the log says so itself.
        _ = _written.Task.Exception;
    }
}
