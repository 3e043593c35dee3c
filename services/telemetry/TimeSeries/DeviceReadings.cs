using System.Runtime.CompilerServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>The readings of several series as one sequence, in bounded memory.</summary>
internal static class DeviceReadings
{
    private const int PointsAtOnce = 2_048;

    /// <summary>Ordered by time, then by metric; from a time (included) to another (excluded), both in microseconds since 1970.</summary>
    public static async IAsyncEnumerable<(SeriesKey Series, Point Point)> ReadAsync(
        this IReadingStore store, IReadOnlyList<SeriesKey> series, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursors = new PriorityQueue<Cursor, (long T, string Metric)>(
            Comparer<(long T, string Metric)>.Create(static (left, right) =>
                left.T != right.T ? left.T.CompareTo(right.T) : string.CompareOrdinal(left.Metric, right.Metric)));
        foreach (var one in series)
        {
            var cursor = new Cursor(store, one, from, to);
            if (await cursor.MoveNextAsync(cancellationToken))
            {
                cursors.Enqueue(cursor, (cursor.Current.T, one.Metric));
            }
        }

        while (cursors.TryDequeue(out var cursor, out _))
        {
            yield return (cursor.Series, cursor.Current);
            if (await cursor.MoveNextAsync(cancellationToken))
            {
                cursors.Enqueue(cursor, (cursor.Current.T, cursor.Series.Metric));
            }
        }
    }

    private sealed class Cursor(IReadingStore store, SeriesKey series, long from, long to)
    {
        private List<Point> _points = [];
        private int _position = -1;
        private long _from = from;
        private bool _isLastPage;

        public SeriesKey Series { get; } = series;

        public Point Current => _points[_position];

        public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
        {
            if (++_position < _points.Count)
            {
                return true;
            }

            if (_isLastPage || _from >= to)
            {
                return false;
            }

            _points = await store.ReadAsync(Series, _from, to, PointsAtOnce, cancellationToken);
            _isLastPage = _points.Count < PointsAtOnce;
            _position = 0;
            if (_points.Count == 0)
            {
                return false;
            }

            _from = _points[^1].T + 1;
            return true;
        }
    }
}
