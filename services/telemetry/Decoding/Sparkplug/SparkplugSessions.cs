namespace SmartCity.Telemetry.Decoding.Sparkplug;

/// <summary>
/// The sessions of all nodes, in memory only and bounded: whoever was not heard of for the longest time is forgotten,
/// and asked for its births when it sends again. One message at a time.
/// </summary>
internal sealed class SparkplugSessions
{
    private const int MostSessions = 20_000;

    /// <summary>Metrics of all nodes together, of some 300 bytes each.</summary>
    private const int MostMetrics = 200_000;

    private readonly Dictionary<(string Municipality, string Device), Entry> _entries = [];
    private long _uses;
    private int _size;

    /// <summary>Held while a session is used.</summary>
    public Lock Gate { get; } = new();

    public int Count => _entries.Count;

    /// <summary>The session of a node, which begins now if there is none.</summary>
    public SparkplugSession Of(string municipality, string device)
    {
        if (!_entries.TryGetValue((municipality, device), out var entry))
        {
            _entries[(municipality, device)] = entry = new Entry();
        }

        entry.LastUse = ++_uses;
        return entry.Session;
    }

    /// <summary>Whether a device was heard as a node.</summary>
    public bool Has(string municipality, string device)
    {
        lock (Gate)
        {
            return _entries.ContainsKey((municipality, device));
        }
    }

    /// <summary>After a session took a message: makes room if it grew beyond what all together may have.</summary>
    public void Settle(string municipality, string device)
    {
        var used = _entries[(municipality, device)];
        _size += used.Session.Size - used.Size;
        used.Size = used.Session.Size;
        while ((_size > MostMetrics || _entries.Count > MostSessions) && _entries.Count > 1)
        {
            var oldest = _entries.MinBy(entry => entry.Value.LastUse);
            _size -= oldest.Value.Size;
            _entries.Remove(oldest.Key);
        }
    }

    private sealed class Entry
    {
        public SparkplugSession Session { get; } = new();

        public long LastUse { get; set; }

        public int Size { get; set; }
    }
}
