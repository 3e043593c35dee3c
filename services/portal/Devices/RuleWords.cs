using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Resident;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Devices;

/// <summary>What a town watches a device for, in sentences.</summary>
internal static class RuleWords
{
    public static IEnumerable<(string Id, Phrase Text)> Of(Town town, Device device, Language language)
    {
        foreach (var rule in town.Rules)
        {
            if (rule is DeviceRule own && own.DeviceKind == device.Kind)
            {
                yield return (rule.Id, Text(own, language));
            }
            else if (rule is ZoneRule zone && ZoneMembers.Of(town with { Devices = [device] }, zone).Count > 0)
            {
                yield return (rule.Id, language.Text("rule.zone", ("zone", zone.Name.In(language.HtmlLanguage)), ("count", Number(zone.AtLeast)), ("rule", zone.Rule)));
            }
        }
    }

    private static Phrase Text(DeviceRule rule, Language language) => rule switch
    {
        ThresholdRule threshold => language.Text(
            threshold.MinimumDurationSeconds > 0 ? "rule.threshold.for" : "rule.threshold",
            ("metric", MetricWords.Name(language, threshold.Metric)), ("value", MetricWords.Value(threshold.Metric, threshold.RaiseAt)),
            ("clear", MetricWords.Value(threshold.Metric, threshold.ClearBelow)), ("duration", Span(language, threshold.MinimumDurationSeconds))),
        RateRule rate => language.Text(
            "rule.rate", ("metric", MetricWords.Name(language, rate.Metric)), ("value", MetricWords.Value(rate.Metric, rate.RaiseAtPerHour)), ("duration", Span(language, rate.WindowSeconds))),
        SilenceRule silence => language.Text("rule.silence", ("duration", Span(language, silence.AfterSeconds))),
        DeviationRule { InStandardDeviations: false } deviation => language.Text(
            "rule.deviation", ("metric", MetricWords.Name(language, deviation.Metric)), ("value", MetricWords.Value(deviation.Metric, deviation.RaiseAt))),
        DeviationRule deviation => language.Text("rule.deviation.standard", ("metric", MetricWords.Name(language, deviation.Metric)), ("value", Number(deviation.RaiseAt))),
        CompositeRule composite => language.Text("rule.composite." + composite.Combine.ToString().ToLowerInvariant(), ("rules", string.Join(", ", composite.Rules))),
        _ => rule.Id,
    };

    private static Phrase Span(Language language, double seconds) => language.Duration(TimeSpan.FromSeconds(seconds));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
