using Microsoft.Extensions.Logging;
using SmartCity.Embedded.Journal;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// The state stores of all apps on one log. Reads see what is on disk only; writes are checked against those before
/// them, also the ones still on their way, so that of two with the same ETag one succeeds.
/// </summary>
internal sealed class StateLog : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly StateTable _table;
    private readonly AppendLog _log;
    private readonly DaprSidecarLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private Task _compaction = Task.CompletedTask;
    private long _compactAbove;

    private StateLog(StateTable table, AppendLog log, DaprSidecarLimits limits, TimeProvider clock, ILogger logger)
        => (_table, _log, _limits, _clock, _logger, _compactAbove) = (table, log, limits, clock, logger, limits.CompactionBytes);

    /// <summary>The last failure of the disk, or null.</summary>
    public Exception? LastFailure => _log.LastFailure;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="IOException">The directory cannot be written, or another sidecar uses it.</exception>
    public static StateLog Open(DaprSidecarOptions options, TimeProvider clock, ILogger logger)
    {
        var table = new StateTable();
        var directory = Path.Combine(options.DataDirectory, "state");
        var log = AppendLog.Open(directory, record =>
        {
            var (last, changes) = StateRecords.Read(record);
            table.LastETag = Math.Max(table.LastETag, last);
            foreach (var (key, version) in changes)
            {
                table.Replay(key, version);
            }
        }, options.Journal);
        if (log.TornBytes > 0)
        {
            Log.TornLog(logger, directory, log.TornBytes);
        }

        return new StateLog(table, log, options.Limits, clock, logger);
    }

    /// <summary>The value that is on disk and has not expired, or null.</summary>
    public StateVersion? Get(StateKey key)
    {
        lock (_gate)
        {
            return _table.Find(key)?.Durable is { } version && version.IsThere(Now) ? version : null;
        }
    }

    /// <summary>Makes all writes or none; completes when they are on disk.</summary>
    /// <exception cref="StateConflictException">A key has another version.</exception>
    /// <exception cref="StateFullException">There is no room.</exception>
    /// <exception cref="IOException">The disk failed; nothing is changed.</exception>
    public Task WriteAllAsync(IReadOnlyList<StateOperation> operations) => WriteAsync(operations, isAllOrNothing: true);

    /// <summary>Makes those writes whose keys have the version asked for, then says which had not.</summary>
    /// <exception cref="StateConflictException">Some keys have another version; the others are written.</exception>
    /// <exception cref="StateFullException">There is no room; nothing is written.</exception>
    /// <exception cref="IOException">The disk failed; nothing is changed.</exception>
    public Task WriteEachAsync(IReadOnlyList<StateOperation> operations) => WriteAsync(operations, isAllOrNothing: false);

    public async ValueTask DisposeAsync()
    {
        await _compaction;
        await _log.DisposeAsync();
    }

    private async Task WriteAsync(IReadOnlyList<StateOperation> operations, bool isAllOrNothing)
    {
        var changes = new List<(StateKey Key, StateVersion Version)>(operations.Count);
        var conflicts = new List<string>();
        Task written;
        lock (_gate)
        {
            var now = Now;
            _table.RemoveExpired(now);
            Decide(operations, now, changes, conflicts);
            if (conflicts.Count > 0 && (isAllOrNothing || changes.Count == 0))
            {
                throw new StateConflictException(conflicts);
            }

            if (changes.Exists(c => c.Version.Value is not null)
                && _table.Bytes + changes.Sum(c => StateTable.SizeOf(c.Key, c.Version)) > _limits.StateBytes)
            {
                throw new StateFullException(_limits.StateBytes);
            }

            written = Append(changes);
        }

        var isWritten = false;
        try
        {
            await written;
            isWritten = true;
        }
        finally
        {
            Settle(changes, isWritten);
        }

        if (conflicts.Count > 0)
        {
            throw new StateConflictException(conflicts);
        }
    }

    private void Decide(IReadOnlyList<StateOperation> operations, long now, List<(StateKey Key, StateVersion Version)> changes, List<string> conflicts)
    {
        var changed = new Dictionary<StateKey, StateVersion>();
        foreach (var operation in operations)
        {
            var met = changed.GetValueOrDefault(operation.Key) ?? _table.Find(operation.Key)?.Newest;
            var isThere = met?.IsThere(now) == true;
            if (operation.ETag is { } etag ? !isThere || met!.ETag != etag : operation is { IsFirstWrite: true, Value: not null } && isThere)
            {
                conflicts.Add(operation.Name);
                continue;
            }

            if (operation.Value is null && met is null)
            {
                // There is nothing to delete, so nothing to write.
                continue;
            }

            var expires = operation.TimeToLive is { } ttl ? now + (long)ttl.TotalMilliseconds : 0;
            var version = new StateVersion(_table.LastETag + changes.Count + 1, operation.Value, operation.ContentType, expires);
            changed[operation.Key] = version;
            changes.Add((operation.Key, version));
        }
    }

    private Task Append(List<(StateKey Key, StateVersion Version)> changes)
    {
        if (changes.Count == 0)
        {
            return Task.CompletedTask;
        }

        // The log refuses a record that is too long before anything is changed.
        var written = _log.AppendAsync(StateRecords.Of(changes));
        _table.LastETag += changes.Count;
        foreach (var (key, version) in changes)
        {
            _table.AddPending(key, version);
        }

        return written;
    }

    private void Settle(List<(StateKey Key, StateVersion Version)> changes, bool isWritten)
    {
        lock (_gate)
        {
            foreach (var (key, version) in changes)
            {
                _table.Settle(key, version, isWritten);
            }

            var size = _log.SizeBytes;
            if (size >= _compactAbove && _compaction.IsCompleted && size >= 2 * _table.Bytes)
            {
                _compaction = ReportAsync(_log.RewriteAsync(_table.Write));
            }
        }
    }

    private async Task ReportAsync(Task compaction)
    {
        try
        {
            await compaction;
            Volatile.Write(ref _compactAbove, _limits.CompactionBytes);
        }
        catch (IOException exception)
        {
            // As in EventStore: not again before it has grown much.
            Volatile.Write(ref _compactAbove, 2 * _log.SizeBytes);
            Log.CompactionFailed(_logger, exception);
        }
    }
}
