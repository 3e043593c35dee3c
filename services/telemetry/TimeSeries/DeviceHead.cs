namespace SmartCity.Telemetry.TimeSeries;

/// <summary>What the writer keeps in memory of one device. Guarded by <see cref="Heads"/>.</summary>
internal sealed class DeviceHead(string municipality, string device)
{
    private readonly List<SeriesHead> _series = [];
    private DeviceActivity _filling;
    private ClockSkew _skew;

    public string Municipality { get; } = municipality;

    public string Device { get; } = device;

    public IReadOnlyList<SeriesHead> Series => _series;

    /// <summary>Not yet written to <c>device_state</c>: of the generation that is being filled.</summary>
    public DeviceActivity Filling => _filling;

    /// <summary>The same of the generation that is on its way into the chunks.</summary>
    public DeviceActivity Settling { get; private set; }

    public long? SkewMicroseconds => _skew.Microseconds;

    public ClockSkew Skew => _skew;

    /// <summary>Whether it has anything that is not yet in the database's tables.</summary>
    public bool IsIdle => Filling.Accepted == 0 && Settling.Accepted == 0;

    public SeriesHead? Find(string metric)
    {
        // A device has a handful of metrics, and their names are the same instances again and again.
        foreach (var series in _series)
        {
            if (ReferenceEquals(series.Metric, metric) || string.Equals(series.Metric, metric, StringComparison.Ordinal))
            {
                return series;
            }
        }

        return null;
    }

    public void Add(SeriesHead series) => _series.Add(series);

    public void Count(long messages, long newestT, long receivedAt)
    {
        _filling.Add(messages, receivedAt);
        _skew.Add(newestT, receivedAt);
    }

    public void Turn()
    {
        (Settling, _filling) = (_filling, default);
        foreach (var series in _series)
        {
            series.Turn();
        }
    }

    public void Settled()
    {
        Settling = default;
        foreach (var series in _series)
        {
            series.Settled();
        }
    }
}
