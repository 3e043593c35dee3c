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
/// <see cref="IOException"/>, the file is cut back to its last good record, and later appends try anew.
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
            return Wake(_pending).Written;
        }
    }

    /// <summary>
    /// Replaces the whole log by a snapshot. The caller holds its own lock so that <paramref name="snapshot"/>
    /// says exactly what all appends so far amount to; it is run at once, and the file is switched atomically.
    /// </summary>
    public Task RewriteAsync(Action<Action<ReadOnlyMemory<byte>>> snapshot)
    {
        var content = new ArrayBufferWriter<byte>(64 * 1024);
        snapshot(record => RecordFormat.Write(content, record.Span));
        lock (_gate)
        {
            // The snapshot covers what still waits to be written, so that need not be written any more.
            _pending.Bytes.ResetWrittenCount();
            _pending.Snapshot = content;
            return Wake(_pending).Written;
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
        try
        {
            if (group.Snapshot is { } snapshot)
            {
                var old = _file;
                Volatile.Write(ref _file, LogFile.Replace(_directory, old, snapshot.WrittenSpan, _options));
            }

            if (group.Bytes.WrittenCount > 0)
            {
                _file.Write(group.Bytes.WrittenSpan, _options.FlushToDisk);
            }

            LastFailure = null;
            group.Complete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LastFailure = exception;
            group.Fail(new IOException(string.Create(CultureInfo.InvariantCulture,
                $"The log in {_directory} could not be written: {exception.Message}"), exception));
        }
    }
}
