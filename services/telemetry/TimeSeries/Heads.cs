namespace SmartCity.Telemetry.TimeSeries;

/// <summary>
/// What one database's writer keeps in memory: the newest points of every series that is in use, in two generations, the
/// one that is being filled and the one that settles into the chunks. Only the writer changes it; readers may look at any time.
/// </summary>
internal sealed class Heads
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Municipality, string Device), DeviceHead> _devices = [];
    private List<DeviceHead> _filled = [];

    /// <summary>Number of the generation that is being filled; rises for ever.</summary>
    public long Generation { get; private set; } = 1;

    /// <summary>Points of the generation that is being filled.</summary>
    public int FillingPoints { get; private set; }

    /// <summary>When the first point of the generation came, by the clock of the caller; null when it is empty.</summary>
    public DateTimeOffset? FillingSince { get; private set; }

    /// <summary>Devices whose points are to go into the chunks, the next last.</summary>
    public List<DeviceHead> Settling { get; } = [];

    /// <summary>For the writer only.</summary>
    public DeviceHead? Find(string municipality, string device) => _devices.GetValueOrDefault((municipality, device));

    public void Add(DeviceHead device)
    {
        lock (_gate)
        {
            _devices.TryAdd((device.Municipality, device.Device), device);
        }
    }

    /// <summary>After the commit: what is new becomes visible.</summary>
    public void Apply(HeadChanges changes, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (series, point) in changes.Points)
            {
                series.Add(point);
            }

            foreach (var series in changes.NewSeries)
            {
                series.Device.Add(series);
            }

            foreach (var message in changes.Messages)
            {
                var device = message.Series.Device;
                if (device.Filling.Accepted == 0)
                {
                    _filled.Add(device);
                }

                device.Count(1, message.NewestT, message.ReceivedAt);
            }

            FillingPoints += changes.Points.Count;
            FillingSince ??= changes.Messages.Count > 0 ? now : null;
        }
    }

    /// <summary>The same, where the database keeps what has not settled: of the points only the newest are remembered.</summary>
    public void See(HeadChanges changes)
    {
        lock (_gate)
        {
            changes.Points.ForEach(entry => entry.Series.See(entry.Point));
            changes.NewSeries.ForEach(series => series.Device.Add(series));
            changes.Messages.ForEach(message => message.Series.Device.Count(1, message.NewestT, message.ReceivedAt));
        }
    }

    /// <summary>A device whose series were changed by somebody else is read again.</summary>
    public void Forget(DeviceHead device)
    {
        lock (_gate)
        {
            _devices.Remove((device.Municipality, device.Device));
        }
    }

    /// <summary>The filled generation begins to settle, and another to be filled. The one before must have settled.</summary>
    public void Turn()
    {
        lock (_gate)
        {
            foreach (var device in _filled)
            {
                device.Turn();
                Settling.Add(device);
            }

            _filled = [];
            (FillingPoints, FillingSince) = (0, null);
            Generation++;
        }
    }

    /// <summary>After the commit of the chunks of the last few of <see cref="Settling"/>. Devices that are silent leave the memory.</summary>
    public void Settled(int devices)
    {
        lock (_gate)
        {
            for (; devices > 0; devices--)
            {
                var device = Settling[^1];
                Settling.RemoveAt(Settling.Count - 1);
                device.Settled();
                if (device.IsIdle)
                {
                    _devices.Remove((device.Municipality, device.Device));
                }
            }
        }
    }

    /// <summary>After a start: numbers go on behind those of before.</summary>
    public void ContinueAfter(long generation) => Generation = generation + 1;

    /// <summary>Points of a series that are not yet in the chunks, ordered by time.</summary>
    public List<Point> PointsOf(string municipality, string device, string metric, long from, long to)
    {
        var points = new List<Point>();
        lock (_gate)
        {
            Find(municipality, device)?.Find(metric)?.CopyTo(points, from, to);
        }

        points.Sort(Point.ByTime);
        return points;
    }

    /// <summary>Points of a town that are not yet in the chunks, by device.</summary>
    public Dictionary<string, long> CountOf(string municipality)
    {
        lock (_gate)
        {
            return _devices.Values.Where(device => device.Municipality == municipality)
                .ToDictionary(device => device.Device, device => device.Series.Sum(series => (long)series.Filling.Count + series.Settling.Count), StringComparer.Ordinal);
        }
    }

    /// <summary>Looks at a device, if it is in memory, while nothing changes it.</summary>
    public T? Look<T>(string municipality, string device, Func<DeviceHead, T> look)
        where T : class
    {
        lock (_gate)
        {
            return Find(municipality, device) is { } head ? look(head) : null;
        }
    }
}
