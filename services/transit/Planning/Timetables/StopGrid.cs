using SmartCity.ServiceDefaults.Geography;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Which stops are near a place: stops sorted by cells of about 500 m, looked up by binary search.</summary>
internal sealed class StopGrid
{
    private const double CellDegrees = 0.0045;

    private readonly double[] _latitudes;
    private readonly double[] _longitudes;
    private readonly long[] _cells;
    private readonly int[] _stops;

    public StopGrid(double[] latitudes, double[] longitudes)
    {
        _latitudes = latitudes;
        _longitudes = longitudes;
        // A stop without coordinates is near nothing.
        _stops = [.. Enumerable.Range(0, latitudes.Length).Where(stop => double.IsFinite(latitudes[stop]) && double.IsFinite(longitudes[stop]))];
        _cells = [.. _stops.Select(stop => Cell(Row(latitudes[stop]), Row(longitudes[stop])))];
        Array.Sort(_cells, _stops);
    }

    public long SizeBytes => (sizeof(long) + sizeof(int)) * (long)_stops.Length;

    /// <summary>Calls back with each stop within the distance (as the crow flies) and its distance in metres.</summary>
    public void Near(double latitude, double longitude, double metres, Action<int, double> found)
    {
        var (rows, columns) = Reach(latitude, metres);
        for (var row = Row(latitude - rows); row <= Row(latitude + rows); row++)
        {
            var last = Cell(row, Row(longitude + columns));
            var index = LowerBound(Cell(row, Row(longitude - columns)));
            for (; index < _cells.Length && _cells[index] <= last; index++)
            {
                var stop = _stops[index];
                var far = GeoPoint.Metres(latitude, longitude, _latitudes[stop], _longitudes[stop]);
                if (far <= metres)
                {
                    found(stop, far);
                }
            }
        }
    }

    private static (double Latitude, double Longitude) Reach(double latitude, double metres)
    {
        var degrees = metres / 111_000;
        return (degrees, Math.Min(180, degrees / Math.Max(0.01, Math.Cos(latitude * Math.PI / 180))));
    }

    private static int Row(double degrees) => (int)Math.Floor(degrees / CellDegrees);

    private static long Cell(int row, int column) => ((long)row << 32) + column;

    private int LowerBound(long cell)
    {
        var index = Array.BinarySearch(_cells, cell);
        if (index < 0)
        {
            return ~index;
        }

        while (index > 0 && _cells[index - 1] == cell)
        {
            index--;
        }

        return index;
    }
}
