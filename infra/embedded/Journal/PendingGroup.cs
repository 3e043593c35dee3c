using System.Buffers;

namespace SmartCity.Embedded.Journal;

/// <summary>The records that will reach the disk together, and the promise that they have.</summary>
internal sealed class PendingGroup
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _rewritten;

    public ArrayBufferWriter<byte> Bytes { get; } = new(16 * 1024);

    /// <summary>The whole content of a fresh file, when this group begins with a rewrite.</summary>
    public ArrayBufferWriter<byte>? Snapshot { get; private set; }

    /// <summary>The first bytes that need not be written when the snapshot was.</summary>
    public int CoveredBytes { get; private set; }

    public Task Written => _written.Task;

    /// <summary>Sets the snapshot, which covers all records so far; the task completes when the file is switched.</summary>
    public Task BeginWith(ArrayBufferWriter<byte> snapshot)
    {
        Snapshot = snapshot;
        CoveredBytes = Bytes.WrittenCount;
        return (_rewritten ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void CompleteRewrite() => _rewritten!.TrySetResult();

    public void FailRewrite(Exception exception) => Fail(_rewritten!, exception);

    public void Complete() => _written.TrySetResult();

    public void Fail(Exception exception) => Fail(_written, exception);

    private static void Fail(TaskCompletionSource source, Exception exception)
    {
        source.TrySetException(exception);
        // Appends whose writers did not wait have nobody to observe this; the log says so itself.
        _ = source.Task.Exception;
    }
}
