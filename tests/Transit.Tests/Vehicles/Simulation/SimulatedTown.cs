using SmartCity.Transit.Vehicles.Matching;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Tests.Vehicles.Simulation;

/// <summary>
/// A small town's buses for one day: a straight line, a line out and back along one road, a loop, and one that crosses the others,
/// every half hour in blocks of runs.
/// </summary>
internal sealed class SimulatedTown
{
    private const int FirstHour = 6;
    private const int LastHour = 20;

    private static readonly (string Route, ShapeLine Shape)[] Lines =
    [
        ("straight", Line.Shape((0, 0), (9000, 0))),
        ("back", Line.Shape((9000, 40), (0, 40))),
        ("out-and-back", Line.Shape((2000, -500), (2000, -5000), (2000, -500))),
        ("loop", Line.Shape((4000, 300), (6500, 300), (6500, 2500), (4000, 2500), (4000, 300))),
        ("crossing", Line.Shape((1000, 4000), (3000, 1500), (3000, -1500), (5000, -1500), (7000, 2000))),
    ];

    /// <param name="date">Midnight, local.</param>
    public SimulatedTown(DateTimeOffset date)
    {
        Runs = [.. Lines.SelectMany((line, place) => RunsOf(line.Route, line.Shape, date, place))];
        Plans = Line.Plans(Runs);
    }

    public TripPlan[] Runs { get; }

    public PlanSet Plans { get; }

    // Two vehicles take turns on each line, so that a run begins about when the vehicle's former one has ended.
    private static IEnumerable<TripPlan> RunsOf(string route, ShapeLine shape, DateTimeOffset date, int place)
    {
        var number = 0;
        for (var minute = (FirstHour * 60) + (place * 3); minute < LastHour * 60; minute += 30)
        {
            var start = date + TimeSpan.FromMinutes(minute);
            var stops = StopsOf(shape, start);
            yield return new TripPlan
            {
                Key = new TripKey($"{route}-{number:00}", date.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)),
                RouteId = route,
                BlockId = $"{route}-{(number % 2 == 0 ? "a" : "b")}",
                Shape = shape,
                Stops = [.. stops.Select(stop => stop with { StopId = $"{route}-{stop.StopId}" })],
            };
            number++;
        }
    }

    // Every 600 metres or so at 6.5 m/s including stops, rounded to minutes as timetables are, with a wait of two minutes half way.
    private static IEnumerable<PlannedStop> StopsOf(ShapeLine shape, DateTimeOffset start)
    {
        var count = (int)(shape.LengthMetres / 600);
        for (var index = 0; index <= count; index++)
        {
            var metres = shape.LengthMetres * index / count;
            var minutes = Math.Round(metres / 6.5 / 60) + (index > count / 2 ? 2 : 0);
            var arrival = start + TimeSpan.FromMinutes(minutes);
            yield return new PlannedStop(index.ToString(System.Globalization.CultureInfo.InvariantCulture), index + 1, metres, arrival, index == count / 2 ? arrival + TimeSpan.FromMinutes(2) : arrival);
        }
    }
}
