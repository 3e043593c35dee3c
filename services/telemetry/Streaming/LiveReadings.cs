using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Streaming;

/// <summary>
/// Where the writers leave what they committed, for the towns that somebody listens to: a copy in memory, and no wait. With
/// nobody listening a commit costs one look at an empty table.
/// </summary>
internal sealed class LiveReadings(LiveMetrics metrics)
{
    private readonly ConcurrentDictionary<string, LiveTown> _towns = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private bool _closed;

    public ChannelReader<bool> Wakes => _wake.Reader;

    public ICollection<KeyValuePair<string, LiveTown>> Towns => _towns;

    public void Open(LiveClient client)
    {
        metrics.Opened();
        lock (_gate)
        {
            _towns.GetOrAdd(client.Municipality, _ => new LiveTown()).Add(client);
            if (_closed)
            {
                client.Complete();
            }
        }

        // Of a town that nobody listened to before, the newest values are to be looked up.
        _wake.Writer.TryWrite(true);
    }

    public void Close(LiveClient client)
    {
        metrics.Closed();
        lock (_gate)
        {
            if (_towns.TryGetValue(client.Municipality, out var town))
            {
                town.Remove(client);
                if (town.IsEmpty)
                {
                    _towns.TryRemove(client.Municipality, out _);
                }
            }
        }
    }

    /// <summary>After a commit, by its writer.</summary>
    public void Committed(IReadOnlyList<(SeriesHead Series, Point Point)> points)
    {
        if (_towns.IsEmpty)
        {
            return;
        }

        var readings = new List<LiveReading>();
        var index = 0;
        while (index < points.Count)
        {
            readings.Clear();
            index = TakeTown(points, index, readings);
        }

        _wake.Writer.TryWrite(true);
    }

    public void SendHeartbeat()
    {
        foreach (var (_, town) in _towns)
        {
            foreach (var client in town.Clients)
            {
                client.Beat();
            }
        }
    }

    /// <summary>Ends every stream, so that the process can stop.</summary>
    public void CloseAll()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var client in _towns.Values.SelectMany(town => town.Clients))
            {
                client.Complete();
            }
        }
    }

    /// <summary>Takes the readings of a town that stand beside each other; returns where the next town's begin.</summary>
    private int TakeTown(IReadOnlyList<(SeriesHead Series, Point Point)> points, int start, List<LiveReading> readings)
    {
        var municipality = points[start].Series.Device.Municipality;
        var isHeard = _towns.TryGetValue(municipality, out var town);
        var index = start;
        for (; index < points.Count && string.Equals(points[index].Series.Device.Municipality, municipality, StringComparison.Ordinal); index++)
        {
            if (isHeard)
            {
                var (series, point) = points[index];
                readings.Add(new LiveReading(series.Device.Device, series.Metric, point.T, point.Value));
            }
        }

        town?.Take(CollectionsMarshal.AsSpan(readings));
        return index;
    }
}
