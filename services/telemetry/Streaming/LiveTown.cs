namespace SmartCity.Telemetry.Streaming;

/// <summary>The open streams of one town, and what was committed for them.</summary>
internal sealed class LiveTown
{
    private const int MostIncoming = 100_000;

    private readonly Lock _gate = new();
    private readonly ConflatingBuffer _incoming = new(MostIncoming);
    private readonly Dictionary<(string Device, string Metric), long> _newest = [];
    private volatile LiveClient[] _clients = [];

    public bool IsEmpty => _clients.Length == 0;

    public IReadOnlyList<LiveClient> Clients => _clients;

    /// <summary>The number of the last look at the database that its newest values are known from; 0 before the first.</summary>
    public long Looks { get; set; }

    /// <summary>Callers take turns.</summary>
    public void Add(LiveClient client) => _clients = [.. _clients, client];

    /// <summary>Callers take turns.</summary>
    public void Remove(LiveClient client) => _clients = [.. _clients.Where(one => !ReferenceEquals(one, client))];

    /// <summary>For the writer, which must not wait: the readings are put aside.</summary>
    public void Take(ReadOnlySpan<LiveReading> readings)
    {
        lock (_gate)
        {
            foreach (ref readonly var reading in readings)
            {
                _incoming.Add(reading);
            }
        }
    }

    /// <summary>Hands out what was put aside, and what a look at the database adds. One caller at a time.</summary>
    /// <param name="others">What another replica may have committed: only what is newer than all before is passed on.</param>
    public void Distribute(IReadOnlyList<LiveReading> others)
    {
        IReadOnlyList<LiveReading> own;
        lock (_gate)
        {
            (own, _) = _incoming.Take();
        }

        // Our own, late ones among them; except for what a look at the database gave a moment before its commit returned.
        var readings = own.Where(reading => !_newest.TryGetValue((reading.Device, reading.Metric), out var t) || t != reading.T).ToList();
        readings.ForEach(Remember);
        foreach (var reading in others)
        {
            if (!_newest.TryGetValue((reading.Device, reading.Metric), out var t) || t < reading.T)
            {
                Remember(reading);
                readings.Add(reading);
            }
        }

        if (readings.Count == 0)
        {
            return;
        }

        foreach (var client in _clients)
        {
            client.Send(readings);
        }
    }

    /// <summary>What was newest before anybody listened is no news.</summary>
    public void Begin(IReadOnlyList<LiveReading> newest)
    {
        foreach (var reading in newest)
        {
            Remember(reading);
        }
    }

    private void Remember(LiveReading reading)
    {
        var key = (reading.Device, reading.Metric);
        _newest[key] = _newest.TryGetValue(key, out var t) ? Math.Max(t, reading.T) : reading.T;
    }
}
