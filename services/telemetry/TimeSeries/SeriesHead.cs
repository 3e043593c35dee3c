using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>The newest points of one series: committed in the journal, not yet in the chunks. Guarded by <see cref="Heads"/>.</summary>
internal sealed class SeriesHead(DeviceHead device, long id, string metric, long lastT, double lastValue)
{
    private const int FewPoints = 32;
    private static readonly List<Point> Nothing = [];
    private static readonly Comparer<Point> ByTime = Comparer<Point>.Create(Point.ByTime);

    /// <summary>Times in <see cref="Filling"/>, from the first late reading on: a device that sends its backlog must not cost a search of everything for each.</summary>
    private HashSet<long>? _times;
    private long _batch;
    private long _batchT;

    public DeviceHead Device { get; } = device;

    /// <summary>Number of the row in <c>series</c>.</summary>
    public long Id { get; } = id;

    public string Metric { get; } = metric;

    /// <summary>Of the newest reading ever stored; <see cref="long.MinValue"/> before the first.</summary>
    public long LastT { get; private set; } = lastT;

    public double LastValue { get; private set; } = lastValue;

    /// <summary>Points of the generation that is being filled, in the order of arrival.</summary>
    public List<Point> Filling { get; private set; } = Nothing;

    /// <summary>Points of the generation that is on its way into the chunks, ordered by time.</summary>
    public List<Point> Settling { get; private set; } = Nothing;

    /// <summary>
    /// Whether a time is newer than every reading before it, those of the batch at hand among them; the writer asks once for each reading.
    /// </summary>
    /// <param name="batch">Number of the batch: what an uncommitted one said is forgotten with it.</param>
    public bool IsNewest(long t, long batch)
    {
        if (_batch != batch)
        {
            (_batch, _batchT) = (batch, LastT);
        }

        if (t <= _batchT)
        {
            return false;
        }

        _batchT = t;
        return true;
    }

    public void Add(in Point point)
    {
        if (ReferenceEquals(Filling, Nothing))
        {
            Filling = [];
        }

        Filling.Add(point);
        _times?.Add(point.T);
        See(point);
    }

    /// <summary>Remembers the newest reading alone: the point itself is kept elsewhere.</summary>
    public void See(in Point point)
    {
        if (point.T > LastT)
        {
            (LastT, LastValue) = (point.T, point.Value);
        }
    }

    public bool Holds(long t)
    {
        if (_times is null && Filling.Count > FewPoints)
        {
            _times = [.. Filling.Select(point => point.T)];
        }

        return (_times?.Contains(t) ?? HoldsAmong(Filling, t)) || Settling.BinarySearch(new Point(t, 0, 0), ByTime) >= 0;
    }

    /// <summary>The filled generation begins to settle.</summary>
    public void Turn()
    {
        Filling.Sort(Point.ByTime);
        (Settling, Filling, _times) = (Filling, Nothing, null);
    }

    public void Settled() => Settling = Nothing;

    /// <summary>Adds the points of a span, of both generations.</summary>
    public void CopyTo(List<Point> points, long from, long to)
    {
        CopyTo(points, Settling, from, to);
        CopyTo(points, Filling, from, to);
    }

    private static void CopyTo(List<Point> points, List<Point> source, long from, long to)
    {
        foreach (ref readonly var point in CollectionsMarshal.AsSpan(source))
        {
            if (point.T >= from && point.T < to)
            {
                points.Add(point);
            }
        }
    }

    private static bool HoldsAmong(List<Point> points, long t)
    {
        foreach (ref readonly var point in CollectionsMarshal.AsSpan(points))
        {
            if (point.T == t)
            {
                return true;
            }
        }

        return false;
    }
}
