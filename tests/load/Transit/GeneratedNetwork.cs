using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Load.Transit;

/// <summary>How large a generated network is.</summary>
/// <param name="Stops">Poles: two at each place, one for each direction of travel.</param>
/// <param name="Calls">Of a trip, on average.</param>
internal sealed record NetworkSize(string Name, string Key, int Stops, int Lines, int Calls, int StopTimes)
{
    /// <summary>As many stops, trips and stop times as the buses of Saga prefecture.</summary>
    public static readonly NetworkSize Prefecture = new("network of a prefecture's size", "prefecture", 2_053, 120, 30, 94_383);

    public static readonly NetworkSize Metropolis = new("20,000 stops", "metropolis", 20_000, 900, 42, 5_000_000);
}

/// <summary>
/// A network that always comes out the same: places on a jittered grid 400 m apart, lines that run from somewhere through one of a few hubs to
/// somewhere else and back, slower in the rush hours, thinner on holidays, the last trips after midnight.
/// </summary>
internal sealed class GeneratedNetwork
{
    private const double DegreesApart = 0.0036;
    private const int DayCount = 14;

    private readonly Random _random = new(20_260_701);
    private readonly NetworkSize _size;
    private readonly INetworkSink _sink;
    private readonly int _columns;
    private readonly int _places;
    private int _stopTimes;

    private GeneratedNetwork(NetworkSize size, INetworkSink sink)
    {
        _size = size;
        _sink = sink;
        _places = size.Stops / 2;
        _columns = (int)Math.Ceiling(Math.Sqrt(_places));
    }

    /// <summary>A Wednesday.</summary>
    public static DateOnly FirstDay => new(2026, 7, 1);

    public static (Timetable Timetable, int StopTimes) Build(NetworkSize size)
    {
        var sink = new BuilderSink(new TimetableBuilder(FirstDay, DayCount));
        var stopTimes = Write(size, sink);
        return (sink.Builder.Build(), stopTimes);
    }

    /// <returns>How many stop times it has.</returns>
    public static int Write(NetworkSize size, INetworkSink sink)
    {
        var network = new GeneratedNetwork(size, sink);
        network.AddStops();
        var weekday = sink.AddService("WEEKDAY", Days(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
        var holiday = sink.AddService("HOLIDAY", Days(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        var budget = size.StopTimes / size.Lines;
        for (var line = 0; line < size.Lines; line++)
        {
            network.AddLine(line, weekday, holiday, budget);
        }

        return network._stopTimes;
    }

    private static List<DateOnly> Days(Func<DateOnly, bool> runs) => [.. Enumerable.Range(0, DayCount).Select(FirstDay.AddDays).Where(runs)];

    private void AddStops()
    {
        for (var stop = 0; stop < _size.Stops; stop++)
        {
            var place = Math.Min(stop / 2, _places - 1);
            // The two poles of a place stand across the street.
            _sink.AddStop(
                33.2 + (place / _columns * DegreesApart) + (_random.NextDouble() * 0.0008) + (stop % 2 * 0.0002),
                130.2 + (place % _columns * DegreesApart * 1.2) + (_random.NextDouble() * 0.0008));
        }
    }

    private void AddLine(int line, int weekday, int holiday, int budget)
    {
        var places = Path();
        var running = places.Select(_ => 55 + _random.Next(70)).ToArray();
        // Two of three stop times are of weekdays; both directions.
        var trips = Math.Max(2, budget / (2 * places.Count));
        AddTrips(line, weekday, places, running, trips * 2 / 3);
        AddTrips(line, holiday, places, running, trips - (trips * 2 / 3));
    }

    /// <summary>From somewhere through a hub to somewhere, first along one axis, then along the other.</summary>
    private List<int> Path()
    {
        var hubs = Math.Max(1, _places / 600);
        var hub = Place(_random.Next(hubs) * (_places / hubs) + (_places / hubs / 2));
        var arm = _size.Calls / 2;
        var outward = Walk(hub, arm);
        var path = Walk(hub, arm);
        path.Reverse();
        path.AddRange(outward.Skip(1));
        return path;
    }

    private (int Row, int Column) Place(int place) => (place / _columns, place % _columns);

    private List<int> Walk((int Row, int Column) from, int steps)
    {
        var path = new List<int>();
        var (row, column) = from;
        var (rowStep, columnStep) = (_random.Next(2) == 0 ? 1 : -1, _random.Next(2) == 0 ? 1 : -1);
        var alongRows = _random.Next(2) == 0;
        for (var step = 0; step < steps; step++)
        {
            var place = (row * _columns) + column;
            if (row < 0 || column < 0 || column >= _columns || place >= _places)
            {
                break;
            }

            path.Add(place);
            alongRows = _random.Next(5) == 0 ? !alongRows : alongRows;
            (row, column) = alongRows ? (row + rowStep, column) : (row, column + columnStep);
        }

        return path;
    }

    private void AddTrips(int line, int service, List<int> places, int[] running, int trips)
    {
        Span<StopCall> calls = new StopCall[places.Count];
        for (var trip = 0; trip < trips; trip++)
        {
            var start = (int)((5.5 + (19.0 * (trip + _random.NextDouble()) / trips)) * 3600);
            var slow = start / 3600 is 7 or 8 or 17 or 18 ? 1.25 : 1 + (_random.Next(3) * 0.05);
            for (var direction = 0; direction < 2; direction++)
            {
                var time = start / 60 * 60;
                for (var call = 0; call < calls.Length; call++)
                {
                    var place = direction == 0 ? places[call] : places[^(call + 1)];
                    calls[call] = new StopCall((2 * place) + direction, time, time);
                    time += (int)(running[call] * slow);
                }

                _sink.AddTrip(line, service, calls);
                _stopTimes += calls.Length;
            }
        }
    }
}

/// <summary>Takes a network, part by part; each is known by how many came before it.</summary>
internal interface INetworkSink
{
    void AddStop(double latitudeDegrees, double longitudeDegrees);

    int AddService(string id, IReadOnlyList<DateOnly> days);

    void AddTrip(int line, int service, ReadOnlySpan<StopCall> calls);
}

/// <summary>Straight into the planner.</summary>
internal sealed class BuilderSink(TimetableBuilder builder) : INetworkSink
{
    public TimetableBuilder Builder => builder;

    public void AddStop(double latitudeDegrees, double longitudeDegrees) => builder.AddStop(latitudeDegrees, longitudeDegrees);

    public int AddService(string id, IReadOnlyList<DateOnly> days) => builder.AddService(days);

    public void AddTrip(int line, int service, ReadOnlySpan<StopCall> calls) => builder.AddTrip(line, service, calls);
}
