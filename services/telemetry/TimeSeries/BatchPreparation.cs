using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Where the preparation finds series, and what has settled of them.</summary>
internal interface ISeriesSource
{
    /// <summary>A device with the series that are stored of it.</summary>
    DeviceHead Load(string municipality, string device);

    /// <summary>Makes a series in the transaction at hand.</summary>
    SeriesHead Create(DeviceHead device, string metric);

    bool HasSettled(SeriesHead series, long t);
}

/// <summary>Sorts a batch out: which of its readings are new, and of which series.</summary>
internal sealed class BatchPreparation(Heads heads)
{
    /// <summary>Series are kept for ever: a device that makes up names must not fill the database with them.</summary>
    private const int MostMetrics = 256;

    private readonly Dictionary<SeriesHead, HashSet<long>> _times = [];
    private long _batch;

    public HeadChanges Changes { get; } = new();

    /// <summary>What is refused here, beside what the decoders refused.</summary>
    public Dictionary<IngestItem, Fault> Refused { get; } = new(ReferenceEqualityComparer.Instance);

    public void Prepare(IReadOnlyList<IngestItem> batch, ISeriesSource source)
    {
        _batch++;
        _times.Clear();
        Changes.Clear();
        Refused.Clear();
        foreach (var item in batch)
        {
            if (item.Measurements.Count > 0)
            {
                Prepare(item, source);
            }
        }
    }

    private void Prepare(IngestItem item, ISeriesSource source)
    {
        var device = heads.Find(item.Municipality, item.Device);
        if (device is null)
        {
            device = source.Load(item.Municipality, item.Device);
            heads.Add(device);
        }

        var receivedAt = UnixMicroseconds.From(item.ReceivedAt);
        var newest = long.MinValue;
        SeriesHead? last = null;
        foreach (var measurement in item.Measurements)
        {
            var series = device.Find(measurement.Metric) ?? FindNew(device, measurement.Metric);
            if (series is null && device.Series.Count + NewOf(device) >= MostMetrics)
            {
                Refused[item] = new Fault("too-many-metrics", $"A device has {MostMetrics} metrics at most; {measurement.Metric} would be one more.");
                continue;
            }

            if (series is null)
            {
                series = source.Create(device, measurement.Metric);
                Changes.NewSeries.Add(series);
            }

            last = series;
            var t = UnixMicroseconds.From(measurement.At);
            newest = Math.Max(newest, t);
            if (series.IsNewest(t, _batch) || IsNewLate(series, t, source))
            {
                Changes.Points.Add((series, new Point(t, measurement.Value, receivedAt)));
                if (_times.Count > 0 && _times.TryGetValue(series, out var times))
                {
                    times.Add(t);
                }
            }
            else
            {
                Changes.Duplicates++;
            }
        }

        if (last is not null)
        {
            Changes.Messages.Add((last, newest, receivedAt));
        }
    }

    // Late, or a second time: the rare case, which may cost a look into the chunks.
    private bool IsNewLate(SeriesHead series, long t, ISeriesSource source)
    {
        if (!_times.TryGetValue(series, out var times))
        {
            _times[series] = times = [.. Changes.Points.Where(entry => ReferenceEquals(entry.Series, series)).Select(entry => entry.Point.T)];
        }

        return !times.Contains(t) && !series.Holds(t) && !source.HasSettled(series, t);
    }

    private SeriesHead? FindNew(DeviceHead device, string metric)
        => Changes.NewSeries.Find(series => ReferenceEquals(series.Device, device) && string.Equals(series.Metric, metric, StringComparison.Ordinal));

    private int NewOf(DeviceHead device) => Changes.NewSeries.Count(series => ReferenceEquals(series.Device, device));
}
