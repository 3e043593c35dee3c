using Microsoft.Extensions.Options;
using SmartCity.TestKit;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Tests.Vehicles.Simulation;

/// <summary>
/// A day on the road, played by a clock of its own: vehicles move and send, the trackers and the board take it, and every minute an
/// observer looks at every stop.
/// </summary>
internal sealed class SimulatedDay
{
    private const string Municipality = "162043";
    private readonly FakeClock _clock = new();
    private readonly RealtimeBoard _boards;
    private readonly ISegmentTimes _learned;
    private readonly Random _random;
    private readonly Dictionary<string, VehicleTracker> _trackers = [];
    private readonly PriorityQueue<Message, DateTimeOffset> _messages = new();

    public SimulatedDay(DateTimeOffset date, ISegmentTimes learned, int seed, Func<TripPlan, Incident> incidents)
    {
        _learned = learned;
        _random = new Random(seed);
        _boards = new RealtimeBoard(Options.Create(VehicleSettings.Default.Silence), _clock);
        Town = new SimulatedTown(date);
        Runs = Simulate(incidents).ToDictionary(static run => run.Plan.Key);
        _clock.Advance(date + TimeSpan.FromHours(5) - _clock.GetUtcNow());
        // Its vehicles were heard on the days before.
        _boards.Of(Municipality).Update(board => board with { TrackedRoutes = board.TrackedRoutes.AddRange(Town.Runs.Select(static run => run.RouteId).Distinct(StringComparer.Ordinal).Select(route => KeyValuePair.Create(route, date))) });
    }

    public SimulatedTown Town { get; }

    public Dictionary<TripKey, SimulatedRun> Runs { get; }

    /// <summary>When a cancellation was told, by run.</summary>
    public Dictionary<TripKey, DateTimeOffset> CancelledAt { get; } = [];

    /// <summary>Of every position, what became of it.</summary>
    public Dictionary<TrackOutcome, int> Outcomes { get; } = [];

    /// <param name="look">Called every minute for every stop within an hour: the run, the place of the stop, what it is shown as, and when; null to look at nothing.</param>
    public void Play(Action<SimulatedRun, int, DepartureState, DateTimeOffset>? look)
    {
        SendAll();
        var end = Runs.Values.Max(static run => run.Span.To) + TimeSpan.FromMinutes(30);
        for (var now = _clock.GetUtcNow(); now < end; now += TimeSpan.FromMinutes(1))
        {
            while (_messages.TryPeek(out _, out var due) && due <= now)
            {
                var message = _messages.Dequeue();
                _clock.Advance(Max(due, _clock.GetUtcNow()) - _clock.GetUtcNow());
                Take(message);
            }

            _clock.Advance(Max(now, _clock.GetUtcNow()) - _clock.GetUtcNow());
            Cancel(now);
            if (look is not null)
            {
                Look(look, now.ToOffset(Line.Japan));
            }
        }
    }

    private IEnumerable<SimulatedRun> Simulate(Func<TripPlan, Incident> incidents)
    {
        foreach (var block in Town.Runs.GroupBy(static run => run.BlockId))
        {
            var freeAt = DateTimeOffset.MinValue;
            foreach (var plan in block.OrderBy(static run => run.Start))
            {
                // A broken bus is replaced: the next run begins on time.
                var run = new SimulatedRun(plan, incidents(plan), freeAt, _random);
                freeAt = run.IsBroken ? DateTimeOffset.MinValue : run.EndsAt;
                yield return run;
            }
        }
    }

    private void SendAll()
    {
        foreach (var run in Runs.Values)
        {
            // Each block has its own way: some drivers enter the trip, others nothing.
            var says = run.Plan.BlockId!.EndsWith('a');
            var (from, to) = run.Span;
            for (var at = from; at < to; at += TimeSpan.FromSeconds(8 + (_random.NextDouble() * 7)))
            {
                if (run.IsHeard(at))
                {
                    Send(run, at, says);
                }
            }
        }
    }

    private void Send(SimulatedRun run, DateTimeOffset at, bool saysTrip)
    {
        var (latitude, longitude, bearing, isMoving) = run.PlaceAt(at);
        // Whoever takes over from a broken bus is another one.
        var vehicle = run.IsBroken ? $"{run.Plan.Key.TripId}-broken" : run.Plan.BlockId!;
        var message = new Message(vehicle, new PositionReport
        {
            At = at,
            LatitudeDegrees = latitude + Scatter(),
            LongitudeDegrees = longitude + Scatter(),
            BearingDegrees = isMoving ? bearing : null,
            SpeedMetresPerSecond = isMoving ? 9 : 0,
            TripId = saysTrip ? run.Plan.Key.TripId : null,
        });
        var delay = run.Incident == Incident.BadNetwork ? _random.NextDouble() * 60 : 0.5 + _random.NextDouble();
        _messages.Enqueue(message, at + TimeSpan.FromSeconds(delay));
        if (run.Incident == Incident.BadNetwork)
        {
            _messages.Enqueue(message, at + TimeSpan.FromSeconds(delay + 5));
        }
    }

    private void Take(Message message)
    {
        if (!_trackers.TryGetValue(message.Vehicle, out var tracker))
        {
            _trackers[message.Vehicle] = tracker = new VehicleTracker(message.Vehicle, _learned, VehicleSettings.Default);
        }

        var result = tracker.Take(message.Position, Town.Plans, [], key => _boards.IsTaken(Municipality, key, message.Vehicle), _clock.GetUtcNow());
        Outcomes[result.Outcome] = Outcomes.GetValueOrDefault(result.Outcome) + 1;
        _boards.Put(Municipality, result);
    }

    private void Cancel(DateTimeOffset now)
    {
        foreach (var run in Runs.Values)
        {
            var tell = run.Incident switch
            {
                Incident.CancelledBefore => run.Plan.Start - TimeSpan.FromMinutes(20),
                Incident.CancelledOnTheWay => run.ChangesAt!.Value + TimeSpan.FromMinutes(3),
                _ => DateTimeOffset.MaxValue,
            };
            if (now >= tell && CancelledAt.TryAdd(run.Plan.Key, now))
            {
                _boards.Order(Municipality, run.Plan.Key, TripOrder.Cancel("vehicle broken down", run.Plan.End + TimeSpan.FromHours(2)));
            }
        }
    }

    private void Look(Action<SimulatedRun, int, DepartureState, DateTimeOffset> look, DateTimeOffset now)
    {
        var board = _boards.Of(Municipality).Current;
        foreach (var run in Runs.Values.Where(run => run.Plan.Start < now + TimeSpan.FromHours(1) && run.Plan.End > now - TimeSpan.FromHours(1)))
        {
            var view = _boards.Look(board, run.Plan, now);
            for (var stop = 0; stop < run.Plan.Stops.Count; stop++)
            {
                look(run, stop, view.At(stop), now);
            }
        }
    }

    private double Scatter() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()) * 6 / 111_195;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed record Message(string Vehicle, PositionReport Position);
}
