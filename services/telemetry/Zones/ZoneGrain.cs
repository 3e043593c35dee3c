using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Rules;
using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.Zones;

/// <summary>Keeps the votes of one zone in memory; its state is stored as sensors' are, under <c>zone/{id}</c>.</summary>
public sealed class ZoneGrain(
    [PersistentState("zone", SensorStorage.Name)] IPersistentState<ZoneState> state, ITownDirectory towns) : Grain, IZoneGrain
{
    public Task<SensorOutcome> EvaluateAsync(ZoneInput input)
    {
        var (municipality, subject) = SensorGrain.SplitKey(this.GetPrimaryKeyString());
        if (!towns.TryGet(municipality, out var town) || RuleBook.Of(town).Zone(subject[ZoneRule.SubjectPrefix.Length..]) is not { } zone)
        {
            return Task.FromResult(new SensorOutcome([], null, state.State.Version, []));
        }

        // One after the other as the devices measured, so that a batch with a rise and a fall in it tells of both.
        List<Firing>? firings = null;
        var hasChanged = false;
        foreach (var index in Enumerable.Range(0, input.Devices.Length).OrderBy(index => input.Votes[index].At))
        {
            if (ZoneEvaluator.Evaluate(zone.Rule, state.State, zone.Devices, [new(input.Devices[index], input.Votes[index])], out var hasChangedNow) is { } firing)
            {
                (firings ??= []).Add(firing);
            }

            hasChanged |= hasChangedNow;
        }

        if (!hasChanged)
        {
            return Task.FromResult(new SensorOutcome([], null, state.State.Version, []));
        }

        state.State.Version++;
        return Task.FromResult(new SensorOutcome(
            firings is null ? [] : [.. firings.Select(SensorGrain.Crossing)], JsonSerializer.Serialize(state.State, CityJson.Options), state.State.Version, []));
    }

    public Task ForgetAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
