using Orleans;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.Rules;
using SmartCity.Telemetry.Sensors;
using SmartCity.Telemetry.Zones;

namespace SmartCity.Telemetry.Ingest;

/// <summary>What one device's or zone's grain made of a batch.</summary>
/// <param name="Municipality">Where it stands.</param>
/// <param name="Device">A device's id, or <c>zone/{id}</c>.</param>
/// <param name="Outcome">What is to be stored.</param>
/// <param name="Events">What is to be told.</param>
internal sealed record DeviceOutcome(string Municipality, string Device, SensorOutcome Outcome, IReadOnlyList<SensorThreshold> Events);

/// <summary>Hands a batch to the grains of its devices, all at once, and what they say to the zones and the fleets.</summary>
internal sealed class BatchEvaluator(
    IGrainFactory grains, ITownDirectory towns, ZoneVotes zones, FleetReports fleets, TimeProvider clock, ILogger<BatchEvaluator> log)
{
    private readonly RuleEvents _events = new(towns, log);

    public async Task<IReadOnlyList<DeviceOutcome>> EvaluateAsync(IReadOnlyList<IngestItem> batch)
    {
        var now = clock.GetUtcNow();
        var tasks = batch.Where(item => item.Measurements.Count > 0)
            .GroupBy(item => (item.Municipality, item.Device))
            .Select(group => EvaluateAsync(group.Key.Municipality, group.Key.Device, group, now))
            .ToArray();
        var outcomes = new List<DeviceOutcome>(tasks.Length);
        try
        {
            foreach (var outcome in await Task.WhenAll(tasks))
            {
                if (outcome is not null)
                {
                    outcomes.Add(outcome);
                }
            }

            outcomes.AddRange(await ZonesAsync(outcomes));
        }
        catch (Exception exception) when (exception.MayPass())
        {
            // The batch is tried again: those who did answer must not have seen it yet.
            await ForgetAsync(outcomes.Count > 0 ? outcomes : [.. tasks.Where(task => task.IsCompletedSuccessfully && task.Result is not null).Select(task => task.Result!)]);
            throw;
        }

        await fleets.SendAsync(batch, outcomes, now);
        return outcomes;
    }

    /// <summary>After a commit that failed: the grains forget what they decided.</summary>
    public async Task ForgetAsync(IReadOnlyList<DeviceOutcome> outcomes)
    {
        try
        {
            await Task.WhenAll(outcomes.Select(outcome => outcome.Device.StartsWith(ZoneRule.SubjectPrefix, StringComparison.Ordinal)
                ? zones.GrainOf(outcome.Municipality, outcome.Device).ForgetAsync()
                : GrainOf(outcome.Municipality, outcome.Device).ForgetAsync()));
        }
        catch (Exception exception) when (exception.MayPass())
        {
            // A grain whose silo died has forgotten; one that did not answer is found out by the version of its state.
            log.GrainsNotReached(exception);
        }
    }

    private async Task<DeviceOutcome?> EvaluateAsync(string municipality, string device, IEnumerable<IngestItem> items, DateTimeOffset now)
    {
        var readings = items.SelectMany(item => item.Measurements)
            .Select(measurement => new SensorReading(measurement.Metric, measurement.At, measurement.Value))
            .ToArray();
        try
        {
            var outcome = await GrainOf(municipality, device).EvaluateAsync(new SensorInput(readings, now));
            return new DeviceOutcome(municipality, device, outcome, _events.Of(municipality, device, outcome.Firings));
        }
        catch (Exception exception) when (!exception.MayPass())
        {
            // A fault in one device's rules must not keep everybody's readings from the disk.
            log.RulesNotEvaluated(exception, device);
            return null;
        }
    }

    private async Task<IReadOnlyList<DeviceOutcome>> ZonesAsync(IReadOnlyList<DeviceOutcome> outcomes)
    {
        try
        {
            return [.. (await zones.EvaluateAsync(outcomes)).Select(zone =>
                new DeviceOutcome(zone.Municipality, zone.Zone.Rule.Subject, zone.Outcome, _events.Of(zone.Municipality, zone.Zone, zone.Outcome.Firings)))];
        }
        catch (Exception exception) when (!exception.MayPass())
        {
            log.ZonesNotEvaluated(exception);
            return [];
        }
    }

    private ISensorGrain GrainOf(string municipality, string device)
        => grains.GetGrain<ISensorGrain>(SensorGrain.KeyOf(municipality, device));
}
