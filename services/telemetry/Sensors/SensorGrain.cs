using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Rules;

namespace SmartCity.Telemetry.Sensors;

/// <summary>
/// Keeps the rule state of one device in memory. It never waits for the database: the ingest transaction stores its
/// state beside the readings, and an activation reads it from there.
/// </summary>
public sealed class SensorGrain(
    [PersistentState("sensor", SensorStorage.Name)] IPersistentState<SensorState> state,
    ITownDirectory towns,
    IOptions<IngestOptions> options) : Grain, ISensorGrain
{
    private Town? _town;
    private ThresholdRule[] _rules = [];

    public Task<SensorOutcome> EvaluateAsync(SensorInput input)
    {
        var oldest = input.Now - TimeSpan.FromSeconds(options.Value.StaleAfterSeconds);
        var rules = RulesNow();
        var firings = new List<SensorFiring>();
        var changed = false;
        foreach (var reading in input.Readings.OrderBy(reading => reading.At))
        {
            // A reading from long ago is history: it is stored, but must not raise an alarm about the past.
            if (reading.At < oldest)
            {
                continue;
            }

            foreach (var rule in rules.Where(rule => rule.Metric == reading.Metric))
            {
                changed = true;
                if (ThresholdEvaluator.Evaluate(rule, StateOf(rule), reading.At, reading.Value) is { } firing)
                {
                    firings.Add(new SensorFiring(rule.Id, reading.Metric, firing.Transition == ThresholdTransition.Raised, firing.Value, firing.Threshold, firing.At, firing.Explanation));
                }
            }
        }

        if (!changed)
        {
            return Task.FromResult(new SensorOutcome([], null, state.State.Version));
        }

        state.State.Version++;
        return Task.FromResult(new SensorOutcome([.. firings], JsonSerializer.Serialize(state.State, CityJson.Options), state.State.Version));
    }

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

    // The town's rules change while the grain lives; the directory hands out the same town until then.
    private ThresholdRule[] RulesNow()
    {
        var (municipality, deviceId) = SplitKey(this.GetPrimaryKeyString());
        towns.TryGet(municipality, out var town);
        if (!ReferenceEquals(town, _town))
        {
            _town = town;
            _rules = town is not null && towns.TryGetDevice(municipality, deviceId, out var device)
                ? town.Rules.Where(rule => rule.DeviceKind == device.Kind).ToArray()
                : [];
        }

        return _rules;
    }

    private RuleState StateOf(ThresholdRule rule)
    {
        if (!state.State.Rules.TryGetValue(rule.Id, out var ruleState))
        {
            ruleState = new RuleState();
            state.State.Rules.Add(rule.Id, ruleState);
        }

        return ruleState;
    }
}
