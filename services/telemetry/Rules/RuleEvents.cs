using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.Rules;

/// <summary>Makes events of firings. The same transition always gets the same id: a rule changes at most once at each moment.</summary>
internal sealed class RuleEvents(ITownDirectory towns, ILogger log)
{
    public IReadOnlyList<SensorThreshold> Of(string municipality, string deviceId, SensorFiring[] firings)
    {
        if (firings.Length == 0)
        {
            return [];
        }

        towns.TryGetDevice(municipality, deviceId, out var device);
        return [.. firings.Select(firing => Of(municipality, deviceId, device?.Name ?? [], (device?.LatitudeDegrees, device?.LongitudeDegrees), firing))];
    }

    public IReadOnlyList<SensorThreshold> Of(string municipality, ZoneMembership zone, SensorFiring[] firings)
        => [.. firings.Select(firing => Of(municipality, zone.Rule.Subject, zone.Rule.Name, (zone.Centre?.LatitudeDegrees, zone.Centre?.LongitudeDegrees), firing))];

    private SensorThreshold Of(
        string municipality, string subject, LocalizedText name, (double? LatitudeDegrees, double? LongitudeDegrees) place, SensorFiring firing)
    {
        var transition = firing.IsRaised ? ThresholdTransition.Raised : ThresholdTransition.Cleared;
        log.RuleFired(municipality, subject, firing.RuleId, transition, firing.Explanation);
        return new SensorThreshold
        {
            EventId = $"{municipality}/{subject}/{firing.RuleId}/{transition}/{UnixMicroseconds.From(firing.At)}",
            Municipality = municipality,
            DeviceId = subject,
            DeviceName = name,
            RuleId = firing.RuleId,
            Metric = firing.Metric,
            Transition = transition,
            Value = firing.Value,
            Threshold = firing.Threshold,
            At = firing.At,
            Explanation = firing.Explanation,
            LatitudeDegrees = place.LatitudeDegrees,
            LongitudeDegrees = place.LongitudeDegrees,
        };
    }
}
