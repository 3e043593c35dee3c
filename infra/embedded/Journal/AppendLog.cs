using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SmartCity.Embedded.Journal;

/// <summary>
/// An append-only file of records with group commit: all records that arrive while the disk is busy are written
/// and forced to it together, then all their writers go on. One process at a time may have a log open.
/// </summary>
/// <remarks>
/// Write order is append order. <see cref="Append"/> promises nothing about the disk, <see cref="AppendAsync"/>
/// completes when the record and all before it are safe. A failed write fails its whole group with the
/// <see cref="IOException"/> and the file is cut back to its last good record. Later appends try anew, or fail too until
/// a rewrite has succeeded (<see cref="AppendLogOptions.FailsUntilRewritten"/>).
/// </remarks>
public sealed class AppendLog : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly AppendLogOptions _options;
    private readonly Thread _writer;
    private readonly SemaphoreSlim _work = new(0);
    private PendingGroup _pending = new();
    private readonly SafeFileHandle _lock;
    private bool _closing;
    private LogFile _file;

    // What every append gets at once, while only a rewrite helps; guarded by the gate.
    private Task? _refusal;
    private volatile bool _needsRewrite;

    private AppendLog(string directory, AppendLogOptions options, SafeFileHandle exclusive, LogFile file)
    {
        _directory = directory;
        _lock = exclusive;
        _options = options;
        _file = file;
        _writer = new Thread(WriteGroups) { IsBackground = true, Name = "journal " + Path.GetFileName(directory) };
        _writer.Start();
    }

    /// <summary>Bytes in the file, good records only; what is still to be written is not counted.</summary>
    public long SizeBytes => Volatile.Read(ref _file).Length;

    /// <summary>The failure of the newest group, or null when it reached the disk: a health check reads it.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>A group was lost, so that appends fail until <see cref="RewriteAsync"/> has succeeded.</summary>
    public bool NeedsRewrite => _needsRewrite;

    /// <summary>Bytes that were cut from the end on opening because a write had not finished.</summary>
    public long TornBytes { get; private init; }

    /// <summary>Opens the log in a directory (made if missing), handing every record to <paramref name="replay"/> first.</summary>
    /// <exception cref="IOException">The directory cannot be written or another process holds the log.</exception>
    public static AppendLog Open(string directory, AppendLogReplay replay, AppendLogOptions? options = null)
    {
        options ??= new AppendLogOptions();
        Directory.CreateDirectory(directory);
        // Sharing modes of the log itself do not keep a second writer out on every system; an exclusive file does.
        var exclusive = File.OpenHandle(Path.Combine(directory, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var (file, torn) = LogFile.OpenNewest(directory, replay, options);
            return new AppendLog(directory, options, exclusive, file) { TornBytes = torn };
        }
        catch
        {
            exclusive.Dispose();
            throw;
        }
    }

    /// <summary>Appends without waiting: for records whose loss only repeats work (an acknowledgement, a removal).</summary>
    public void Append(ReadOnlySpan<byte> record) => _ = Enqueue(record);

    /// <summary>Appends and completes when the record is safe.</summary>
    public Task AppendAsync(ReadOnlySpan<byte> record) => Enqueue(record);

    /// <summary>Completes when everything appended so far is safe.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            // An empty group still goes round once: it completes after the one being written now.
            return _refusal ?? Wake(_pending).Written;
        }
    }

    /// <summary>
    /// Replaces the whole log by a snapshot. The caller holds its own lock so that <paramref name="snapshot"/>
    /// says exactly what all appends so far amount to; it is run at once, and the file is switched atomically. When that
    /// fails, the returned task says so, and the old file goes on with what waited to be written.
    /// </summary>
    public Task RewriteAsync(Action<Action<ReadOnlyMemory<byte>>> snapshot)
    {
        var content = new ArrayBufferWriter<byte>(64 * 1024);
        snapshot(record => RecordFormat.Write(content, record.Span));
        lock (_gate)
        {
            // The snapshot has what was lost and what is refused until now: what comes after it may wait for it.
            _refusal = null;
            return Wake(_pending).BeginWith(content);
        }
    }

    /// <summary>Writes what is pending and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
        }

        _work.Release();
        await Task.Run(_writer.Join);
        _file.Dispose();
        _lock.Dispose();
        _work.Dispose();
    }

    private Task Enqueue(ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty || record.Length > _options.MaximumRecordBytes)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A record has 1 to {_options.MaximumRecordBytes} bytes, not {record.Length}."), nameof(record));
        }

        while (true)
        {
            Task full;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closing, this);
                if (_refusal is not null)
                {
                    return _refusal;
                }

                if (_pending.Bytes.WrittenCount == 0 || _pending.Bytes.WrittenCount + record.Length <= _options.MaximumPendingBytes)
                {
                    RecordFormat.Write(_pending.Bytes, record);
                    return Wake(_pending).Written;
                }

                full = _pending.Written;
            }

            WaitQuietly(full);
        }
    }

    private static void WaitQuietly(Task group) => ((IAsyncResult)group).AsyncWaitHandle.WaitOne();

    private PendingGroup Wake(PendingGroup group)
    {
        if (_work.CurrentCount == 0)
        {
            _work.Release();
        }

        return group;
    }

    private void WriteGroups()
    {
        while (true)
        {
            _work.Wait();
            PendingGroup group;
            bool closing;
            lock (_gate)
            {
                group = _pending;
                closing = _closing;
                _pending = new PendingGroup();
            }

            WriteGroup(group);
            if (closing)
            {
                return;
            }
        }
    }

    private void WriteGroup(PendingGroup group)
    {
        var isRewritten = group.Snapshot is { } snapshot && TryRewrite(group, snapshot);
        if (_needsRewrite)
        {
            Fail(group, LastFailure!);
            return;
        }

        try
        {
            var records = group.Bytes.WrittenSpan[(isRewritten ? group.CoveredBytes : 0)..];
            if (!records.IsEmpty)
            {
                _file.Write(records, _options.FlushToDisk);
            }

            if (group.Snapshot is null || isRewritten)
            {
                LastFailure = null;
            }

            group.Complete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(group, exception);
        }
    }

    private bool TryRewrite(PendingGroup group, ArrayBufferWriter<byte> snapshot)
    {
        try
        {
            Volatile.Write(ref _file, LogFile.Replace(_directory, _file, snapshot.WrittenSpan, _options));
            _needsRewrite = false;
            group.CompleteRewrite();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LastFailure = exception;
            group.FailRewrite(Failure(exception));
            return false;
        }
    }

    private void Fail(PendingGroup group, Exception exception)
    {
        LastFailure = exception;
        var failure = Failure(exception);
        if (_options.FailsUntilRewritten)
        {
            _needsRewrite = true;
            lock (_gate)
            {
                // A snapshot that waits already has what this group lost.
                _refusal = _pending.Snapshot is null ? group.Written : null;
            }
        }

        group.Fail(failure);
    }

    private IOException Failure(Exception exception) => new(string.Create(CultureInfo.InvariantCulture,
        $"The log in {_directory} could not be written: {exception.Message}"), exception);
}
