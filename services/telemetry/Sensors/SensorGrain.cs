using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Rules;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Sensors;

/// <summary>
/// Keeps the rules of one device in memory. It never waits for the database: the ingest transaction stores its state
/// beside the readings; an activation reads state and recent readings from there.
/// </summary>
public sealed class SensorGrain(
    [PersistentState("sensor", SensorStorage.Name)] IPersistentState<SensorState> state,
    ITownDirectory towns,
    IOptions<IngestOptions> options,
    TimeProvider clock) : Grain, ISensorGrain
{
    private const int MostReadings = 5_000;
    private Town? _town;
    private DeviceRule[] _own = [];
    private DeviceRules _rules = new([], []);
    private RuleEvaluator[] _voting = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        FollowTown();
        var (municipality, device) = SplitKey(this.GetPrimaryKeyString());
        var now = clock.GetUtcNow();
        var stale = TimeSpan.FromSeconds(options.Value.StaleAfterSeconds);
        foreach (var (metric, history) in _rules.Needs)
        {
            // At least as far back as a late reading may be dated, so that a late one is known as such.
            var from = now - (history > stale ? history : stale);
            var to = now + TimeSpan.FromSeconds(options.Value.FutureToleranceSeconds + 1);
            var readings = await ServiceProvider.GetRequiredService<IReadingHistory>().ReadAsync(municipality, device, metric, from, to, MostReadings, cancellationToken);
            _rules.Refill(metric, readings.Select(reading => (reading.At, reading.Value)));
        }
    }

    public Task<SensorOutcome> EvaluateAsync(SensorInput input)
    {
        FollowTown();
        // A reading from long ago is history: it is stored, but must not raise an alarm about the past.
        var oldest = input.Now - TimeSpan.FromSeconds(options.Value.StaleAfterSeconds);
        List<Firing>? firings = null;
        List<SensorVote>? votes = null;
        var fired = 0;
        foreach (var reading in InOrder(input.Readings))
        {
            if (reading.At >= oldest)
            {
                _rules.Evaluate(reading.Metric, reading.At, reading.Value, ref firings);
                if (firings?.Count > fired)
                {
                    // A batch may hold the rise and the fall: zones hear of both.
                    fired = firings.Count;
                    AddVotes(ref votes);
                }
            }
        }

        AddVotes(ref votes);
        SensorVote[] said = votes is null ? [] : [.. votes];
        if (!_rules.TakeChanged())
        {
            return Task.FromResult(new SensorOutcome([], null, state.State.Version, said));
        }

        state.State.Version++;
        return Task.FromResult(new SensorOutcome(
            firings is null ? [] : [.. firings.Select(Crossing)], JsonSerializer.Serialize(state.State, CityJson.Options), state.State.Version, said));
    }

    public Task<SensorReading[]> GetLatestAsync()
        => Task.FromResult(_rules.Tracks.Select(track => new SensorReading(track.Metric, track.NewestAt, track.NewestValue)).ToArray());

    public Task ForgetAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    internal static string KeyOf(string municipality, string device) => $"{municipality}/{device}";

    internal static (string Municipality, string Device) SplitKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..slash], key[(slash + 1)..]);
    }

    internal static SensorFiring Crossing(Firing firing) => new(
        firing.RuleId, firing.Metric, firing.Transition == ThresholdTransition.Raised, firing.Value, firing.Threshold, firing.At, firing.Explanation);

    // The town's rules change while the grain lives; the directory hands out the same town until then.
    private void FollowTown()
    {
        var (municipality, deviceId) = SplitKey(this.GetPrimaryKeyString());
        towns.TryGet(municipality, out var town);
        if (ReferenceEquals(town, _town))
        {
            return;
        }

        var isFirst = _town is null;
        _town = town;
        var book = town is null ? null : RuleBook.Of(town);
        DeviceRule[] own = book is not null && towns.TryGetDevice(municipality, deviceId, out var device) ? [.. book.RulesOf(device.Kind)] : [];
        if (!own.SequenceEqual(_own))
        {
            _own = own;
            _rules = new DeviceRules(own, state.State.Rules);
            if (!isFirst)
            {
                // Windows of the new rules are read by the next activation, once this batch is committed.
                DeactivateOnIdle();
            }
        }

        _voting = book is not null && book.HasZones(deviceId) ? [.. _rules.Evaluators.Where(evaluator => book.IsVoting(evaluator.Rule.Id))] : [];
    }

    private void AddVotes(ref List<SensorVote>? votes)
    {
        foreach (var evaluator in _voting)
        {
            if (_rules.TrackOf(evaluator) is { } track && track.NewestAt > DateTimeOffset.MinValue)
            {
                var reason = evaluator.State.IsRaised ? evaluator.Reason ?? evaluator.Describe(track) : evaluator.Describe(track);
                (votes ??= []).Add(new SensorVote(evaluator.Rule.Id, new ZoneVote(evaluator.State.IsRaised, track.NewestAt, track.Metric, track.NewestValue, evaluator.Bound, reason)));
            }
        }
    }

    private static IEnumerable<SensorReading> InOrder(SensorReading[] readings)
    {
        for (var index = 1; index < readings.Length; index++)
        {
            if (readings[index].At < readings[index - 1].At)
            {
                return readings.OrderBy(reading => reading.At);
            }
        }

        return readings;
    }
}
