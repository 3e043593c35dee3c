using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Fleet;

/// <summary>The stored silence of one device.</summary>
/// <param name="Version">Rises by one with every change.</param>
/// <param name="Since">By id of each silence rule that is raised: since when nothing was heard.</param>
internal sealed record SilenceRow(long Version, IReadOnlyDictionary<string, DateTimeOffset> Since)
{
    public static readonly SilenceRow None = new(0, new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));
}

/// <summary>A silence that begins or ends: what is stored, and what is told.</summary>
internal sealed record SilenceChange(SilenceRow Row, DeviceSilent Event)
{
    public static SilenceChange Of(
        Town town, Device device, SilenceRule rule, SilenceRow before, ThresholdTransition transition, DateTimeOffset since, DateTimeOffset now)
    {
        var silences = new Dictionary<string, DateTimeOffset>(before.Since, StringComparer.Ordinal);
        if (transition == ThresholdTransition.Raised)
        {
            silences[rule.Id] = since;
        }
        else
        {
            silences.Remove(rule.Id);
        }

        var row = new SilenceRow(before.Version + 1, silences);
        return new SilenceChange(row, new DeviceSilent
        {
            // The version is stored with the event, so no second transition can have it.
            EventId = $"{town.Code}/{device.Id}/{rule.Id}/{transition}/v{row.Version}",
            Municipality = town.Code,
            DeviceId = device.Id,
            DeviceName = device.Name,
            RuleId = rule.Id,
            Transition = transition,
            At = JapanTime.From(now),
            Since = JapanTime.From(since),
            Explanation = SilenceEvaluator.Explain(rule, transition, since, now),
        });
    }
}
