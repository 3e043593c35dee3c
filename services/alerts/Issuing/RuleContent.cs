using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Issuing;

/// <summary>What messages say when a rule, or an officer who ends one, decides.</summary>
public sealed class RuleContent(WordingCatalog wording, TimeProvider clock)
{
    /// <summary>An alert at a raised rule's level, in the words of the reading that raised it.</summary>
    public AlertContent Raised(Town town, RuleState rule, string? approvedBy = null)
    {
        var transition = rule.Transition;
        var area = AreaOf(town, transition);
        return new AlertContent
        {
            Source = rule.DeviceId,
            Hazard = rule.Hazard,
            Level = rule.Level,
            Onset = transition.At,
            Expires = CapTime.WholeSeconds(clock.GetUtcNow()).AddSeconds(Math.Floor(rule.ExpiresAfterSeconds)),
            Info = wording.Describe(Subject(town, rule.Hazard, rule.Level, isCancel: false, transition, area)),
            Area = area,
            DeviceId = rule.DeviceId,
            Explanation = transition.Explanation,
            IssuedBy = approvedBy,
        };
    }

    /// <summary>The end of a chain because its last rule cleared.</summary>
    public AlertContent Cleared(Town town, AlertChain chain, SensorThreshold transition)
    {
        var area = AreaOf(town, transition);
        return new AlertContent
        {
            Source = chain.Source,
            Hazard = chain.Hazard,
            Level = chain.Level,
            Onset = transition.At,
            Expires = chain.Expires,
            Info = wording.Describe(Subject(town, chain.Hazard, chain.Level!.Value, isCancel: true, transition, area)),
            Area = area,
            DeviceId = transition.DeviceId,
            Explanation = transition.Explanation,
        };
    }

    /// <summary>The end of a chain by an officer, over the area that its newest message named.</summary>
    public AlertContent Ended(Town town, AlertChain chain, AlertView newest, string officer, string reason)
    {
        return new AlertContent
        {
            Source = chain.Source,
            Hazard = chain.Hazard,
            Level = chain.Level,
            Onset = clock.GetUtcNow(),
            Expires = chain.Expires,
            Info = chain.Level is { } level ? EndWords(town, chain.Hazard, level, newest) : newest.Info,
            Area = AlertArea.From(newest.Area),
            DeviceId = newest.DeviceId,
            Explanation = reason,
            IssuedBy = officer,
            Reason = reason,
        };
    }

    private IReadOnlyList<AlertInfoView> EndWords(Town town, string hazard, int level, AlertView newest)
    {
        var areas = newest.Info.ToDictionary(info => info.Language, info => info.AreaDescription, StringComparer.Ordinal);
        return [.. wording.Describe(Subject(town, hazard, level, isCancel: true, transition: null, AlertArea.WholeTown)).Select(info => info with
        {
            AreaDescription = areas.GetValueOrDefault(info.Language, info.AreaDescription),
            Spoken = null,
        })];
    }

    private static AlertArea AreaOf(Town town, SensorThreshold transition)
        => town.Rules.OfType<ZoneRule>().FirstOrDefault(zone => zone.Subject == transition.DeviceId) is { } zone ? AlertArea.Of(town, zone)
        : AlertArea.Around(
            town.Devices.FirstOrDefault(device => device.Id == transition.DeviceId),
            transition.LatitudeDegrees,
            transition.LongitudeDegrees);

    private AlertSubject Subject(Town town, string hazard, int level, bool isCancel, SensorThreshold? transition, AlertArea area) => new()
    {
        Place = town.Name,
        Hazard = hazard,
        Level = level,
        IsCancel = isCancel,
        At = clock.GetUtcNow(),
        Transition = transition,
        RadiusMetres = area.RadiusMetres,
    };
}
