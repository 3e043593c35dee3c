using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Devices;

/// <summary>One thing to know of a device's health: a sign, words and a colour.</summary>
/// <param name="Name">Of the sign and the colour: <c>heard</c>, <c>silent</c>, <c>clock</c>, <c>refused</c>, <c>waiting</c> or <c>raised</c>.</param>
/// <param name="Text">In words.</param>
public sealed record HealthNote(string Name, Phrase Text)
{
    /// <summary>What matters to people first, then what matters to the device's keeper.</summary>
    public static IEnumerable<HealthNote> Of(DeviceView device, Town town, Visit visit)
    {
        if (device.RaisedRules.Count > 0)
        {
            yield return new HealthNote("raised", Raised(device, town, visit.Language));
        }

        if (device.LastSeen is null)
        {
            yield return new HealthNote("waiting", visit.Language.Text("health.neverHeard"));
        }
        else if (device.SilentSince is { } since)
        {
            yield return new HealthNote("silent", visit.Language.Text("health.silent", ("duration", visit.Language.Duration(visit.Now - since))));
        }
        else
        {
            yield return new HealthNote("heard", visit.Language.Text("health.heard"));
        }

        if (device.Troubles.Contains(DeviceTrouble.ClockWrong) && device.ClockSkewSeconds is { } skew)
        {
            yield return new HealthNote("clock", visit.Language.Text(skew > 0 ? "health.clock.behind" : "health.clock.ahead", ("duration", visit.Language.Duration(TimeSpan.FromSeconds(skew)))));
        }

        if (device.Troubles.Contains(DeviceTrouble.Refused) && device.LastError is { } error)
        {
            yield return new HealthNote("refused", visit.Language.Text("health.refused", ("reason", Reason(visit.Language, error.Code)), ("time", visit.ShortTime(error.At))));
        }
    }

    /// <summary>The alert level where the town has a policy: that is what people know. Else the names of the rules.</summary>
    private static Phrase Raised(DeviceView device, Town town, Language language)
    {
        var levels = town.Policies.Where(policy => device.RaisedRules.Contains(policy.RuleId, StringComparer.Ordinal)).Select(policy => policy.Level).ToList();
        return levels.Count > 0
            ? language.Text("health.raised.level", ("level", levels.Max().ToString(CultureInfo.InvariantCulture)))
            : language.Text("health.raised", ("rules", string.Join(", ", device.RaisedRules)));
    }

    /// <summary>Why something was refused; a code that the language file lacks stands as it is, for the installer.</summary>
    public static Phrase Reason(Language language, string code)
        => language.Has("refusal." + code) ? language.Text("refusal." + code) : language.Text("refusal.other", ("code", code));
}
