using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Alarms;

/// <summary>A transition, of whatever kind, as alarms see it.</summary>
internal sealed record AlarmSignal(
    AlarmKind Kind, string DeviceId, LocalizedText DeviceName, string RuleId, bool IsRaised, DateTimeOffset At, string Explanation, string? Hazard = null, int? Level = null)
{
    public static AlarmSignal Of(Town town, SensorThreshold transition)
    {
        var policy = town.Policies.FirstOrDefault(policy => policy.RuleId == transition.RuleId);
        return new(AlarmKind.Rule, transition.DeviceId, transition.DeviceName, transition.RuleId, transition.Transition == ThresholdTransition.Raised, transition.At,
            transition.Explanation, policy?.Hazard, policy?.Level);
    }

    public static AlarmSignal Of(DeviceSilent silence) => new(
        AlarmKind.Silence, silence.DeviceId, silence.DeviceName, silence.RuleId, silence.Transition == ThresholdTransition.Raised, silence.At, silence.Explanation);
}
