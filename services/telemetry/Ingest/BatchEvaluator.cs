using Orleans;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.Ingest;

/// <summary>What one device's grain made of a batch.</summary>
internal sealed record DeviceOutcome(string Municipality, string Device, SensorOutcome Outcome, IReadOnlyList<SensorThreshold> Events);

/// <summary>Hands a batch to the grains of its devices, all at once.</summary>
internal sealed class BatchEvaluator(IGrainFactory grains, ITownDirectory towns, TimeProvider clock, ILogger<BatchEvaluator> log)
{
    public async Task<IReadOnlyList<DeviceOutcome>> EvaluateAsync(IReadOnlyList<IngestItem> batch)
    {
        var now = clock.GetUtcNow();
        var tasks = batch.Where(item => item.Measurements.Count > 0)
            .GroupBy(item => (item.Municipality, item.Device))
            .Select(group => EvaluateAsync(group.Key.Municipality, group.Key.Device, group, now))
            .ToArray();
        var outcomes = await Task.WhenAll(tasks);
        return outcomes.Where(outcome => outcome is not null).ToArray()!;
    }

    /// <summary>After a commit that failed: the grains forget what they decided.</summary>
    public async Task ForgetAsync(IReadOnlyList<DeviceOutcome> outcomes)
    {
        try
        {
            await Task.WhenAll(outcomes.Select(outcome => GrainOf(outcome.Municipality, outcome.Device).ForgetAsync()));
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
            return new DeviceOutcome(municipality, device, outcome, outcome.Firings.Select(firing => EventOf(municipality, device, firing)).ToArray());
        }
        catch (Exception exception) when (!exception.MayPass())
        {
            // A fault in one device's rules must not keep everybody's readings from the disk.
            log.RulesNotEvaluated(exception, device);
            return null;
        }
    }

    private ISensorGrain GrainOf(string municipality, string device)
        => grains.GetGrain<ISensorGrain>(SensorGrain.KeyOf(municipality, device));

    private SensorThreshold EventOf(string municipality, string deviceId, SensorFiring firing)
    {
        towns.TryGetDevice(municipality, deviceId, out var device);
        var transition = firing.IsRaised ? ThresholdTransition.Raised : ThresholdTransition.Cleared;
        log.RuleFired(municipality, deviceId, firing.RuleId, transition, firing.Explanation);
        return new SensorThreshold
        {
            EventId = $"{municipality}/{deviceId}/{firing.RuleId}/{transition}/{UnixMicroseconds.From(firing.At)}",
            Municipality = municipality,
            DeviceId = deviceId,
            DeviceName = device?.Name ?? [],
            RuleId = firing.RuleId,
            Metric = firing.Metric,
            Transition = transition,
            Value = firing.Value,
            Threshold = firing.Threshold,
            At = firing.At,
            Explanation = firing.Explanation,
            LatitudeDegrees = device?.LatitudeDegrees,
            LongitudeDegrees = device?.LongitudeDegrees,
        };
    }
}
