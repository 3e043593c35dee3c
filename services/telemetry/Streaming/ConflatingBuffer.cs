namespace SmartCity.Telemetry.Streaming;

/// <summary>
/// Readings that wait for somebody, bounded: when there are too many, only the newest of each series stays, and from then on
/// a newer one takes its place, until they are taken. Not safe for several threads.
/// </summary>
/// <param name="mostReadings">As many are kept one by one. Of more series than that each still keeps one reading.</param>
internal sealed class ConflatingBuffer(int mostReadings)
{
    private List<LiveReading> _readings = [];
    private Dictionary<(string Device, string Metric), int>? _places;

    public int Count => _readings.Count;

    /// <summary>Readings that gave way to newer ones of their series since the last look.</summary>
    public long Conflated { get; private set; }

    public void Add(in LiveReading reading)
    {
        if (_places is null && _readings.Count < mostReadings)
        {
            _readings.Add(reading);
            return;
        }

        if (_places is null)
        {
            Conflate();
        }

        AddNewest(reading);
    }

    /// <summary>Everything, in the order of arrival; the buffer is empty then.</summary>
    public (IReadOnlyList<LiveReading> Readings, long Conflated) Take()
    {
        var taken = (_readings, Conflated);
        (_readings, _places, Conflated) = ([], null, 0);
        return taken;
    }

    private void Conflate()
    {
        var all = _readings;
        (_readings, _places) = ([], []);
        foreach (var reading in all)
        {
            AddNewest(reading);
        }
    }

    private void AddNewest(in LiveReading reading)
    {
        var key = (reading.Device, reading.Metric);
        if (!_places!.TryGetValue(key, out var place))
        {
            _places[key] = _readings.Count;
            _readings.Add(reading);
            return;
        }

        Conflated++;
        if (reading.T >= _readings[place].T)
        {
            _readings[place] = reading;
        }
    }
}
