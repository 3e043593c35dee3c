using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Tests.Vehicles.Simulation;

/// <summary>What really happens on one run: when it is where, and which stops it serves when.</summary>
internal sealed class SimulatedRun
{
    private readonly List<(DateTimeOffset At, double Metres)> _track = [];
    private readonly int _halfWay;
    private readonly (double From, double To)? _detour;

    /// <param name="freeAt">When the vehicle has ended the run before.</param>
    public SimulatedRun(TripPlan plan, Incident incident, DateTimeOffset freeAt, Random random)
    {
        (Plan, Incident) = (plan, incident);
        Departures = new DateTimeOffset?[plan.Stops.Count];
        _halfWay = plan.Stops.Count / 2;
        EndsAt = freeAt;
        if (incident is Incident.NoShow or Incident.CancelledBefore)
        {
            // Nobody can know that the vehicle does not go on, before it is switched off.
            ChangesAt = incident == Incident.NoShow && freeAt > plan.Start - TimeSpan.FromHours(1) ? freeAt : plan.Start - TimeSpan.FromMinutes(20);
            return;
        }

        if (incident == Incident.Detour)
        {
            _detour = (plan.Stops[_halfWay].MetresAlong + 150, plan.Stops[_halfWay + 3].MetresAlong + 150);
        }

        Drive(freeAt, random);
    }

    public TripPlan Plan { get; }

    public Incident Incident { get; }

    /// <summary>When each stop was left; null for one that was not served.</summary>
    public DateTimeOffset?[] Departures { get; }

    /// <summary>When the vehicle is free for the next run.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>When what befalls it begins; null where nothing does.</summary>
    public DateTimeOffset? ChangesAt { get; private set; }

    /// <summary>From when to when it moves or stands on the run.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span => _track.Count == 0 ? (Plan.Start, Plan.Start) : (_track[0].At, _track[^1].At);

    public bool IsBroken => Incident is Incident.BreakdownHeard or Incident.BreakdownSilent or Incident.CancelledOnTheWay;

    /// <summary>Whether its device says anything at a time.</summary>
    public bool IsHeard(DateTimeOffset at) => _track.Count > 0 && (ChangesAt is not { } since || at < since || Incident switch
    {
        Incident.BreakdownSilent or Incident.SilentForGood => false,
        Incident.SilentForAWhile => at > since + TimeSpan.FromMinutes(8),
        _ => true,
    });

    /// <summary>Where the vehicle is: in degrees, without scatter.</summary>
    public (double LatitudeDegrees, double LongitudeDegrees, double BearingDegrees, bool IsMoving) PlaceAt(DateTimeOffset at)
    {
        var next = _track.FindIndex(point => point.At > at);
        next = next < 0 ? _track.Count - 1 : Math.Max(next, 1);
        var (from, to) = (_track[next - 1], _track[next]);
        var share = Math.Clamp((at - from.At) / (to.At - from.At), 0, 1);
        var metres = from.Metres + ((to.Metres - from.Metres) * share);
        var (latitude, longitude) = Plan.Shape.At(metres);
        if (_detour is { } detour && metres > detour.From && metres < detour.To)
        {
            // A parallel road, some 400 metres to the left.
            var left = (Plan.Shape.BearingDegreesAt(metres) - 90) * Math.PI / 180;
            (latitude, longitude) = (latitude + (0.0036 * Math.Cos(left)), longitude + (0.0045 * Math.Sin(left)));
        }

        return (latitude, longitude, Plan.Shape.BearingDegreesAt(metres), to.Metres > from.Metres);
    }

    private void Drive(DateTimeOffset freeAt, Random random)
    {
        var clock = Later(freeAt, Plan.Start - TimeSpan.FromMinutes(4));
        _track.Add((clock, Plan.Stops[0].MetresAlong));
        for (var stop = 0; stop < Plan.Stops.Count; stop++)
        {
            var planned = Plan.Stops[stop];
            if (stop > 0)
            {
                clock += TimeSpan.FromSeconds(DrivingSeconds(stop, clock, random));
                _track.Add((clock, planned.MetresAlong));
            }

            var isLast = stop == Plan.Stops.Count - 1;
            var ready = clock + TimeSpan.FromSeconds(8 + (random.NextDouble() * 15));
            var leaves = isLast ? clock : Later(ready, planned.Departure);
            if (stop == _halfWay && Incident is not (Incident.None or Incident.BadNetwork))
            {
                ChangesAt = leaves;
                if (IsBroken)
                {
                    BreakDown(stop, leaves);
                    return;
                }

                leaves = Incident == Incident.Delay ? leaves + TimeSpan.FromMinutes(9) : leaves;
            }

            _track.Add((leaves, planned.MetresAlong));
            Departures[stop] = _detour is { } detour && planned.MetresAlong > detour.From && planned.MetresAlong < detour.To ? null : leaves;
            clock = leaves;
        }

        EndsAt = clock + TimeSpan.FromSeconds(90);
        _track.Add((EndsAt, Plan.Stops[^1].MetresAlong));
    }

    // Leaves the stop, and stands 200 metres behind it for the rest of the hour.
    private void BreakDown(int stop, DateTimeOffset at)
    {
        _track.Add((at, Plan.Stops[stop].MetresAlong));
        Departures[stop] = at;
        ChangesAt = at + TimeSpan.FromSeconds(25);
        _track.Add((ChangesAt.Value, Plan.Stops[stop].MetresAlong + 200));
        EndsAt = at + TimeSpan.FromMinutes(45);
        _track.Add((EndsAt, Plan.Stops[stop].MetresAlong + 200));
    }

    // Slower than the timetable by the rush hours, and each stretch in its own way: what can be learned.
    private double DrivingSeconds(int stop, DateTimeOffset at, Random random)
    {
        var metres = Plan.Stops[stop].MetresAlong - Plan.Stops[stop - 1].MetresAlong;
        var habit = 0.85 + (0.5 * ((stop * 7919 % 13) / 13.0));
        var rush = at.Hour is 7 or 8 or 17 ? 1.3 : 1;
        return Math.Max(metres / 20, metres / 8.5 * habit * rush * (0.93 + (random.NextDouble() * 0.14)));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
