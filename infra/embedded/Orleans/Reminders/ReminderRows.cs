using System.Diagnostics.CodeAnalysis;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>Rows of a reminder table in memory. Rows are copied in and out, so that nobody changes them outside.</summary>
internal sealed class ReminderRows
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, Dictionary<string, ReminderEntry>> _rows = [];

    public ReminderTableData Of(GrainId grainId)
    {
        lock (_gate)
        {
            return _rows.TryGetValue(grainId, out var rows) ? Copy(rows.Values) : new ReminderTableData();
        }
    }

    public ReminderTableData Between(uint begin, uint end)
    {
        lock (_gate)
        {
            return Copy(_rows.Where(row => IsBetween(row.Key.GetUniformHashCode(), begin, end)).SelectMany(static row => row.Value.Values));
        }
    }

    public ReminderEntry? Find(GrainId grainId, string name)
    {
        lock (_gate)
        {
            return TryFind(grainId, name, out var entry) ? entry.Copy() : null;
        }
    }

    public void Set(ReminderEntry entry)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(entry.GrainId, out var rows))
            {
                _rows[entry.GrainId] = rows = new(1, StringComparer.Ordinal);
            }

            rows[entry.ReminderName] = entry.Copy();
        }
    }

    /// <summary>Removes a row, of that version only when one is given.</summary>
    public bool Remove(GrainId grainId, string name, string? eTag = null)
    {
        lock (_gate)
        {
            if (!TryFind(grainId, name, out var entry) || (eTag is not null && !string.Equals(entry.ETag, eTag, StringComparison.Ordinal)))
            {
                return false;
            }

            var rows = _rows[grainId];
            rows.Remove(name);
            if (rows.Count == 0)
            {
                _rows.Remove(grainId);
            }

            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _rows.Clear();
        }
    }

    private static bool IsBetween(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderTableData Copy(IEnumerable<ReminderEntry> rows) => new(rows.Select(static row => row.Copy()));

    private bool TryFind(GrainId grainId, string name, [NotNullWhen(true)] out ReminderEntry? entry)
    {
        entry = null;
        return _rows.TryGetValue(grainId, out var rows) && rows.TryGetValue(name, out entry);
    }
}
