using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using SmartCity.Embedded.Grains;

namespace Orleans.Storage;

/// <summary>Keeps copies of states in memory until the host stops, with one ETag per write.</summary>
public class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string StateName, GrainId Grain, Type Type), Record> _records = new();
    private long _versions;

    /// <inheritdoc/>
    public virtual Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId, typeof(T)), out var record))
        {
            grainState.State = Copier.Copy((T?)record.State);
            grainState.ETag = record.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            StateRecords.Empty(grainState);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId, typeof(T));
        var next = new Record(Copier.Copy(grainState.State), Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture));
        var found = _records.TryGetValue(key, out var current);
        Check(current, grainState.ETag);
        if (!(found ? _records.TryUpdate(key, next, current!) : _records.TryAdd(key, next)))
        {
            throw StateRecords.Mismatch(_records.GetValueOrDefault(key)?.ETag, grainState.ETag);
        }

        grainState.ETag = next.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId, typeof(T));
        if (_records.TryGetValue(key, out var current))
        {
            Check(current, grainState.ETag);
            if (!_records.TryRemove(new(key, current)))
            {
                throw StateRecords.Mismatch(_records.GetValueOrDefault(key)?.ETag, grainState.ETag);
            }
        }

        StateRecords.Empty(grainState);
        return Task.CompletedTask;
    }

    private static void Check(Record? current, string? etag) => StateRecords.Check(current?.ETag, etag);

    private sealed record Record(object? State, string ETag);
}
