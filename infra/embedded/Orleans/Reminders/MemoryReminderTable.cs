using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>Reminders that live as long as the host.</summary>
internal sealed class MemoryReminderTable : IReminderTable
{
    private readonly ReminderRows _rows = new();
    private long _versions;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(_rows.Of(grainId));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(_rows.Between(begin, end));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(_rows.Find(grainId, reminderName));

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        entry.ETag = Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture);
        _rows.Set(entry);
        return Task.FromResult<string?>(entry.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Task.FromResult(_rows.Remove(grainId, reminderName, eTag));

    public Task TestOnlyClearTable()
    {
        _rows.Clear();
        return Task.CompletedTask;
    }
}
