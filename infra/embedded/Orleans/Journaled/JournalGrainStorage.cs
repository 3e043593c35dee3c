using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCity.Embedded.Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// States of grains on the local disk, as JSON. A write is complete when it is on the disk; a clear removes the record.
/// </summary>
internal sealed class JournalGrainStorage : IGrainStorage, IAsyncDisposable, IDisposable
{
    private readonly JournalTable _table;
    private readonly JsonSerializerOptions _json;

    public JournalGrainStorage(string directory, JournalOptions options, Func<Silo> silo, Log logger)
    {
        _json = StateJson.CreateOptions(silo);
        _table = JournalTable.Open(directory, options, logger);
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (await _table.ReadAsync(KeyOf(stateName, grainId)).ConfigureAwait(false) is not { } row)
        {
            StateRecords.Empty(grainState);
            return;
        }

        grainState.State = Read<T>(row, stateName, grainId) ?? StateFactory<T>.Create();
        grainState.ETag = ETagOf(row);
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = grainState.ETag;
        // At once, in the turn of the grain: what it changes later is not part of this write.
        var value = JsonSerializer.SerializeToUtf8Bytes(grainState.State, _json);
        var version = await _table.ChangeAsync(KeyOf(stateName, grainId), value, row => Check(row, etag)).ConfigureAwait(false);
        grainState.ETag = version?.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = grainState.ETag;
        await _table.ChangeAsync(KeyOf(stateName, grainId), null, row => Check(row, etag)).ConfigureAwait(false);
        StateRecords.Empty(grainState);
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static bool Check(JournalRow? row, string? etag)
    {
        StateRecords.Check(row is null ? null : ETagOf(row), etag);
        return true;
    }

    private static string ETagOf(JournalRow row) => row.Version.ToString(CultureInfo.InvariantCulture);

    private static string KeyOf(string stateName, GrainId grainId) =>
        string.Create(CultureInfo.InvariantCulture, $"{stateName.Length}\n{stateName}\n{grainId}");

    private T? Read<T>(JournalRow row, string stateName, GrainId grainId)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Value, _json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored state {stateName} of {grainId} cannot be read as {typeof(T)}: {exception.Message}", exception);
        }
    }
}
