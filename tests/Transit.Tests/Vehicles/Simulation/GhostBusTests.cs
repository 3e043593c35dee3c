using System.Globalization;
using Microsoft.Extensions.Options;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;
using Xunit.Abstractions;

namespace SmartCity.Transit.Tests.Vehicles.Simulation;

public class GhostBusTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 22, 0, 0, 0, Line.Japan);
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(VehicleSettings.Default.Silence.SilentSeconds);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(VehicleSettings.Default.Silence.StuckSeconds + 120);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(VehicleSettings.Default.Silence.StartGraceSeconds);

    /// <summary>Positions come every ten seconds or so, and are looked at every minute.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(24)]
    public void Day_WhenVehiclesFailInEveryWay_NoGhostBus(int seed)
    {
        var incidents = new Random(seed);
        var day = new SimulatedDay(Monday.AddDays(7), NewTimes(), seed, _ => incidents.Next(2) == 0 ? (Incident)incidents.Next(1, 11) : Incident.None);
        var shown = new Dictionary<DepartureKind, int>();
        var wrong = new List<string>();
        day.Play((run, stop, state, now) =>
        {
            shown[state.Kind] = shown.GetValueOrDefault(state.Kind) + 1;
            if (WhyWrong(day, run, stop, state, now) is { } why)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{now:HH:mm} {run.Plan.Key.TripId} ({run.Incident} since {run.ChangesAt:HH:mm:ss}) stop {stop}, planned {run.Plan.Stops[stop].Departure:HH:mm}, really {run.Departures[stop]:HH:mm:ss}: {state.Kind} by {state.VehicleId} at {state.LastSeenAt:HH:mm:ss}, {why}"));
            }
        });

        output.WriteLine("positions: " + string.Join(", ", day.Outcomes.OrderByDescending(static one => one.Value).Select(static one => $"{one.Key} {one.Value}")));
        output.WriteLine("shown: " + string.Join(", ", shown.OrderByDescending(static one => one.Value).Select(static one => $"{one.Key} {one.Value}")));
        wrong.Count.ShouldBe(0, string.Join('\n', wrong.Take(20)));
        shown.GetValueOrDefault(DepartureKind.Predicted).ShouldBeGreaterThan(10_000);
        shown.GetValueOrDefault(DepartureKind.Unconfirmed).ShouldBeGreaterThan(500);
        shown.GetValueOrDefault(DepartureKind.Cancelled).ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Day_AfterAWeekOfLearning_PredictionsAreCloserThanTheTimetables()
    {
        var learned = NewTimes();
        var before = Errors(new SimulatedDay(Monday, NewTimes(), 99, static _ => Incident.None));
        for (var weekday = 0; weekday < 6; weekday++)
        {
            new SimulatedDay(Monday.AddDays(-14 + weekday + (weekday >= 5 ? 2 : 0)), learned, weekday, static _ => Incident.None).Play(look: null);
        }

        var after = Errors(new SimulatedDay(Monday, learned, 99, static _ => Incident.None));

        foreach (var (horizon, error) in after)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"up to {horizon} min ahead: mean error {error.Mean:0} s, 90 % within {error.P90:0} s ({error.Count} predictions); by the timetable alone {before[horizon].Mean:0} s, {before[horizon].P90:0} s"));
        }

        after[5].Mean.ShouldBeLessThan(30);
        after[15].Mean.ShouldBeLessThan(60);
        after[30].Mean.ShouldBeLessThan(90);
        after[15].Mean.ShouldBeLessThan(before[15].Mean * 0.7);
    }

    // What must not be, or null.
    private static string? WhyWrong(SimulatedDay day, SimulatedRun run, int stop, DepartureState state, DateTimeOffset now)
    {
        var really = run.Departures[stop];
        if (day.CancelledAt.TryGetValue(run.Plan.Key, out var told) && now >= told && state.Kind is not (DepartureKind.Cancelled or DepartureKind.Gone))
        {
            return "though it is cancelled";
        }

        return state.Kind switch
        {
            DepartureKind.Predicted when state.Confidence!.Value.Age > Silent => "out of a position that is too old",
            DepartureKind.Predicted when state.Departure < now => "in the past",
            DepartureKind.Predicted when really is null && !CouldNotBeKnown(run, now) => "and no bus ever comes",
            DepartureKind.Predicted when really < now - Tolerance - Delay(run) && !CouldNotBeKnown(run, now) => "though the bus has left",
            DepartureKind.Gone when really > now + Tolerance => "though the bus is still to come",
            DepartureKind.Scheduled when now > run.Plan.Start + Grace => "though it should have begun",
            DepartureKind.Cancelled when !day.CancelledAt.ContainsKey(run.Plan.Key) => "though nobody cancelled it",
            DepartureKind.Unconfirmed when IsWellHeard(run, now) => "though its vehicle is heard",
            _ => null,
        };
    }

    // A bus that breaks down or turns off is news only when it has been silent, or standing, for the time that the options say.
    private static bool CouldNotBeKnown(SimulatedRun run, DateTimeOffset now)
        => run.ChangesAt is { } since && now <= since + (run.Incident is Incident.BreakdownHeard or Incident.CancelledOnTheWay ? Stuck : Silent) + Tolerance;

    private static TimeSpan Delay(SimulatedRun run) => run.Incident == Incident.BadNetwork ? TimeSpan.FromSeconds(60) : TimeSpan.Zero;

    // Drivers who enter their trip are to be shown as soon as they have begun to move.
    private static bool IsWellHeard(SimulatedRun run, DateTimeOffset now)
        => run.Plan.BlockId!.EndsWith('a') && run.Incident is Incident.None or Incident.Delay && run.Departures[0] is { } begun && now > begun + Tolerance && now < run.Span.To - Tolerance;

    private static Dictionary<int, (double Mean, double P90, int Count)> Errors(SimulatedDay day)
    {
        var errors = new Dictionary<int, List<double>> { [5] = [], [15] = [], [30] = [] };
        day.Play((run, stop, state, now) =>
        {
            if (state.Kind == DepartureKind.Predicted && run.Departures[stop] is { } really && really > now)
            {
                var ahead = (really - now).TotalMinutes;
                if (ahead <= 30)
                {
                    errors[ahead <= 5 ? 5 : ahead <= 15 ? 15 : 30].Add(Math.Abs((state.Departure - really).TotalSeconds));
                }
            }
        });
        return errors.ToDictionary(static one => one.Key, static one => (one.Value.Average(), one.Value.Order().ElementAt(one.Value.Count * 9 / 10), one.Value.Count));
    }

    private static MemorySegmentTimes NewTimes() => new(Options.Create(new SegmentTimesOptions()));
}
