using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using SmartCity.Embedded.Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>Reminders on the local disk: a change is complete when it would survive a killed process or a power cut.</summary>
internal sealed class JournalReminderTable : IReminderTable, IAsyncDisposable, IDisposable
{
    private readonly ReminderRows _rows = new();
    private readonly JournalTable _table;

    public JournalReminderTable(string directory, JournalOptions options, ILogger<JournalReminderTable> logger) =>
        _table = JournalTable.Open(directory, options, new Log(logger), Follow);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(_rows.Of(grainId));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(_rows.Between(begin, end));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(_rows.Find(grainId, reminderName));

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var start = DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc);
        var value = JsonSerializer.SerializeToUtf8Bytes(new StoredReminder(entry.GrainId, entry.ReminderName, start, entry.Period));
        var version = await _table.ChangeAsync(KeyOf(entry.GrainId, entry.ReminderName), value).ConfigureAwait(false);
        return version is { } stored ? ETagOf(stored) : null;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => await _table.ChangeAsync(
        KeyOf(grainId, reminderName),
        null,
        row => row is not null && string.Equals(ETagOf(row.Version), eTag, StringComparison.Ordinal)).ConfigureAwait(false) is not null;

    public async Task TestOnlyClearTable()
    {
        foreach (var key in _table.Keys())
        {
            await _table.ChangeAsync(key, null).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // The length says where the name ends, whatever it holds.
    private static string KeyOf(GrainId grainId, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{name.Length}\n{name}\n{grainId}");

    private static string ETagOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    // Called in the order of the journal.
    private void Follow(JournalRow row)
    {
        if (row.IsRemoved)
        {
            var (grainId, name) = Parse(row.Key);
            _rows.Remove(grainId, name);
            return;
        }

        var stored = JsonSerializer.Deserialize<StoredReminder>(row.Value) ?? throw new InvalidDataException("A stored reminder is empty.");
        _rows.Set(new ReminderEntry
        {
            GrainId = stored.Grain,
            ReminderName = stored.Name,
            StartAt = stored.StartAt,
            Period = stored.Period,
            ETag = ETagOf(row.Version),
        });
    }

    private static (GrainId GrainId, string Name) Parse(string key)
    {
        var start = key.IndexOf('\n', StringComparison.Ordinal) + 1;
        var length = int.Parse(key.AsSpan(0, start - 1), CultureInfo.InvariantCulture);
        return (GrainId.Parse(key[(start + length + 1)..], CultureInfo.InvariantCulture), key.Substring(start, length));
    }

    private sealed record StoredReminder(GrainId Grain, string Name, DateTime StartAt, TimeSpan Period);
}
