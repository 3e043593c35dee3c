using System.Globalization;
using SmartCity.Embedded.Journal;
using SmartCity.Embedded.Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// A table in memory, each change of which is on the disk before it is seen or acknowledged. Changes of one key follow
/// one another, so that each is checked against what is stored; changes of different keys share one write.
/// </summary>
internal sealed class JournalTable : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JournalRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Change> _changes = new(StringComparer.Ordinal);
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly Log _logger;
    private readonly Action<JournalRow>? _committed;
    private readonly AppendLog _log;
    private Task _compaction = Task.CompletedTask;
    private long _compactAbove;
    private long _liveBytes;
    private long _versions;
    private bool _closing;

    private JournalTable(string directory, JournalOptions options, Log logger, Action<JournalRow>? committed)
    {
        _directory = directory;
        _options = options;
        _logger = logger;
        _committed = committed;
        _compactAbove = options.CompactAboveBytes;
        _log = AppendLog.Open(directory, record => Commit(JournalRow.Read(record)), new AppendLogOptions { FlushToDisk = options.FlushToDisk });
        if (_log.TornBytes > 0)
        {
            logger.TornJournal(directory, _log.TornBytes);
        }
    }

    /// <summary>Opens the table in a directory of its own; <paramref name="committed"/> sees every row, those read first.</summary>
    /// <exception cref="IOException">The directory cannot be written or another process uses it.</exception>
    public static JournalTable Open(string directory, JournalOptions options, Log logger, Action<JournalRow>? committed = null) =>
        new(directory, options, logger, committed);

    /// <summary>The row as it is on the disk, or null; a change under way is waited for.</summary>
    public async ValueTask<JournalRow?> ReadAsync(string key)
    {
        while (true)
        {
            Change? change;
            lock (_gate)
            {
                if (!_changes.TryGetValue(key, out change))
                {
                    return _rows.GetValueOrDefault(key);
                }
            }

            await EndOfAsync(change).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sets a row, or removes it when <paramref name="value"/> is null. Completes with the new version when it is on the
    /// disk, or with null when there is nothing to remove or <paramref name="allows"/>, which sees the stored row, says no.
    /// </summary>
    public async Task<long?> ChangeAsync(string key, ReadOnlyMemory<byte>? value, Func<JournalRow?, bool>? allows = null)
    {
        Change? mine = null;
        while (mine is null)
        {
            Change? other;
            lock (_gate)
            {
                if (!_changes.TryGetValue(key, out other))
                {
                    ObjectDisposedException.ThrowIf(_closing, this);
                    var stored = _rows.GetValueOrDefault(key);
                    if (allows?.Invoke(stored) == false || (stored is null && value is null))
                    {
                        return null;
                    }

                    mine = Begin(key, value);
                }
            }

            if (other is not null)
            {
                await EndOfAsync(other).ConfigureAwait(false);
            }
        }

        await mine.Ended.ConfigureAwait(false);
        return mine.Next.Version;
    }

    /// <summary>The keys of all rows.</summary>
    public string[] Keys()
    {
        lock (_gate)
        {
            return [.. _rows.Keys];
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
        }

        await _log.DisposeAsync();
    }

    private static async Task EndOfAsync(Change change) =>
        await change.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static long BytesOf(JournalRow row) => row.Record.Length + 8;

    // The rest is called with the lock held, or while opening.
    private Change Begin(string key, ReadOnlyMemory<byte>? value)
    {
        var version = ++_versions;
        var next = value is { } bytes ? JournalRow.Set(key, version, bytes.Span) : JournalRow.Removed(key, version);
        if (!next.IsRemoved && _liveBytes + BytesOf(next) > _options.MaximumBytes)
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture, $"The storage in {_directory} is full: it may hold {_options.MaximumBytes} bytes."));
        }

        var written = _log.AppendAsync(next.Record);
        var change = new Change(next);
        _changes.Add(key, change);
        change.Ended = EndAsync(change, written);
        return change;
    }

    private async Task EndAsync(Change change, Task written)
    {
        var stored = false;
        try
        {
            await written.ConfigureAwait(false);
            stored = true;
        }
        finally
        {
            lock (_gate)
            {
                _changes.Remove(change.Next.Key);
                if (stored)
                {
                    Commit(change.Next);
                    CompactIfOutdated();
                }
            }
        }
    }

    private void Commit(JournalRow next)
    {
        _versions = Math.Max(_versions, next.Version);
        if (_rows.Remove(next.Key, out var previous))
        {
            _liveBytes -= BytesOf(previous);
        }

        if (!next.IsRemoved)
        {
            _rows.Add(next.Key, next);
            _liveBytes += BytesOf(next);
        }

        _committed?.Invoke(next);
    }

    private void CompactIfOutdated()
    {
        if (!_closing && _compaction.IsCompleted && _log.SizeBytes > _compactAbove && _log.SizeBytes > 2 * _liveBytes)
        {
            _compaction = CompactAsync();
        }
    }

    private async Task CompactAsync()
    {
        try
        {
            await _log.RewriteAsync(Snapshot).ConfigureAwait(false);
            Volatile.Write(ref _compactAbove, _options.CompactAboveBytes);
        }
        catch (IOException exception)
        {
            // Not again before it has grown much: each attempt costs a copy of the whole.
            Volatile.Write(ref _compactAbove, 2 * _log.SizeBytes);
            _logger.CompactionFailed(_directory, exception);
        }
    }

    // What all appends so far amount to: also those that are still on their way to the disk. Should such a write fail after
    // all, a restart may find it done, as with any write whose answer was an error.
    private void Snapshot(Action<ReadOnlyMemory<byte>> append)
    {
        foreach (var (key, row) in _rows)
        {
            if (!_changes.ContainsKey(key))
            {
                append(row.Record);
            }
        }

        foreach (var change in _changes.Values)
        {
            if (!change.Next.IsRemoved)
            {
                append(change.Next.Record);
            }
        }
    }

    private sealed class Change(JournalRow next)
    {
        public JournalRow Next { get; } = next;

        public Task Ended { get; set; } = Task.CompletedTask;
    }
}
