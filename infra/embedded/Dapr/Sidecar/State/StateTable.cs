namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>All keys in memory, with what they weigh. Guarded by the <see cref="StateLog"/>'s lock.</summary>
internal sealed class StateTable
{
    /// <summary>What a key costs beside its bytes: the cell, the dictionary's entry, the strings' heads.</summary>
    private const int Overhead = 200;

    private readonly Dictionary<StateKey, StateCell> _cells = [];
    private readonly PriorityQueue<(StateKey Key, long ETag), long> _expiring = new();

    public long LastETag { get; set; }

    /// <summary>Bytes of all versions held.</summary>
    public long Bytes { get; private set; }

    public StateCell? Find(StateKey key) => _cells.GetValueOrDefault(key);

    public static long SizeOf(StateKey key, StateVersion version)
        => Overhead + ((key.Store.Length + key.Key.Length) * sizeof(char)) + (version.Value?.Length ?? 0);

    /// <summary>Adds a version that is on its way to the disk.</summary>
    public void AddPending(StateKey key, StateVersion version)
    {
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells[key] = cell = new StateCell(new StateVersion(0, null));
        }

        cell.Pending.Add(version);
        Bytes += SizeOf(key, version);
    }

    /// <summary>A version has reached the disk, or never will.</summary>
    public void Settle(StateKey key, StateVersion version, bool isWritten)
    {
        var cell = _cells[key];
        cell.Pending.Remove(version);
        // Groups reach the disk in order but their writers are told in any.
        if (isWritten && version.ETag > cell.Durable.ETag)
        {
            SetDurable(key, cell, version);
        }
        else
        {
            Bytes -= SizeOf(key, version);
        }

        RemoveIfEmpty(key, cell);
    }

    /// <summary>Applies a version as read from the log.</summary>
    public void Replay(StateKey key, StateVersion version)
    {
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells[key] = cell = new StateCell(new StateVersion(0, null));
        }

        Bytes += SizeOf(key, version);
        SetDurable(key, cell, version);
        RemoveIfEmpty(key, cell);
    }

    /// <summary>Forgets what has expired.</summary>
    public void RemoveExpired(long now)
    {
        while (_expiring.TryPeek(out var next, out var expires) && expires <= now)
        {
            _expiring.Dequeue();
            if (_cells.GetValueOrDefault(next.Key) is { } cell && cell.Durable.ETag == next.ETag)
            {
                Bytes -= SizeOf(next.Key, cell.Durable);
                cell.Durable = new StateVersion(0, null);
                RemoveIfEmpty(next.Key, cell);
            }
        }
    }

    /// <summary>Writes the records of a fresh log: everything that was appended so far and still counts.</summary>
    public void Write(Action<ReadOnlyMemory<byte>> write)
    {
        write(StateRecords.OfLastETag(LastETag));
        foreach (var (key, cell) in _cells.Where(c => c.Value.Newest.Value is not null))
        {
            write(StateRecords.Of([(key, cell.Newest)]));
        }
    }

    private void SetDurable(StateKey key, StateCell cell, StateVersion version)
    {
        if (cell.Durable.ETag > 0)
        {
            Bytes -= SizeOf(key, cell.Durable);
        }

        cell.Durable = version;
        if (version is { Value: not null, ExpiresAtUnixMilliseconds: > 0 })
        {
            _expiring.Enqueue((key, version.ETag), version.ExpiresAtUnixMilliseconds);
            ForgetOverwritten();
        }
    }

    // A key written often with a long time to live would otherwise leave an entry for each writing.
    private void ForgetOverwritten()
    {
        if (_expiring.Count <= 1024 + (2 * _cells.Count))
        {
            return;
        }

        _expiring.Clear();
        foreach (var (key, cell) in _cells.Where(c => c.Value.Durable is { Value: not null, ExpiresAtUnixMilliseconds: > 0 }))
        {
            _expiring.Enqueue((key, cell.Durable.ETag), cell.Durable.ExpiresAtUnixMilliseconds);
        }
    }

    private void RemoveIfEmpty(StateKey key, StateCell cell)
    {
        if (cell.Pending.Count == 0 && cell.Durable.Value is null)
        {
            if (cell.Durable.ETag > 0)
            {
                Bytes -= SizeOf(key, cell.Durable);
            }

            _cells.Remove(key);
        }
    }
}
