using System.Globalization;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold among a town's alert rules and policies: bounds in order, references that lead somewhere and not in a circle.</summary>
internal static class AlertRuleRules
{
    /// <summary>Fewer days than this have no standard deviation to speak of.</summary>
    private const int FewestDaysOfDeviations = 3;

    /// <summary>Each device of a kind is evaluated against every rule of the kind.</summary>
    private const int MostRules = 1_000;

    public static void Check(Town town, NoticeList list)
    {
        if (town.Rules.Count > MostRules)
        {
            list.Must(false, "too-many-rules", "rules", null, $"are {town.Rules.Count}; at most {MostRules} are allowed");
            return;
        }

        list.Duplicates("rules", town.Rules, rule => rule.Id, "id");
        list.Duplicates("policies", town.Policies, policy => policy.RuleId, "ruleId");
        var used = town.Rules.SelectMany(rule => rule switch
        {
            CompositeRule composite => composite.Rules,
            ZoneRule zone => [zone.Rule],
            _ => [],
        }).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < town.Rules.Count; index++)
        {
            var rule = town.Rules[index];
            var path = string.Create(CultureInfo.InvariantCulture, $"rules[{index}]");
            CheckBounds(rule, path, list);
            RuleReferences.Check(town, rule, path, list);
            if (rule is DeviceRule ofKind && town.Devices.All(device => device.Kind != ofKind.DeviceKind))
            {
                list.Warn("rule-without-device", path + ".deviceKind", $"is '{ofKind.DeviceKind}', and no device is of that kind");
            }

            if (rule is not SilenceRule && !used.Contains(rule.Id) && town.Policies.All(policy => policy.RuleId != rule.Id))
            {
                list.Warn("rule-without-policy", path + ".id", $"is '{rule.Id}', and no policy answers it: nobody will be told");
            }
        }

        CheckPolicies(town, list);
    }

    private static void CheckBounds(AlertRule rule, string path, NoticeList list)
    {
        switch (rule)
        {
            case ThresholdRule threshold:
                Ordered(list, path, "clearBelow", threshold.ClearBelow, "raiseAt", threshold.RaiseAt);
                break;
            case RateRule rate:
                Ordered(list, path, "clearBelowPerHour", rate.ClearBelowPerHour, "raiseAtPerHour", rate.RaiseAtPerHour);
                break;
            case DeviationRule deviation:
                Ordered(list, path, "clearBelow", deviation.ClearBelow, "raiseAt", deviation.RaiseAt);
                list.Must(!deviation.InStandardDeviations || deviation.MinimumDays >= FewestDaysOfDeviations, "too-few-days", path + ".minimumDays", $"{deviation.MinimumDays}",
                    $"is {deviation.MinimumDays}; standard deviations need at least {FewestDaysOfDeviations} days");
                break;
        }
    }

    private static void Ordered(NoticeList list, string path, string clear, double clearAt, string raise, double raiseAt)
        => list.Must(clearAt <= raiseAt, "rule-inverted", $"{path}.{clear}", string.Create(CultureInfo.InvariantCulture, $"{clearAt}"),
            string.Create(CultureInfo.InvariantCulture, $"is {clearAt}, above {raise} ({raiseAt}): the rule would clear while it is raised"));

    private static void CheckPolicies(Town town, NoticeList list)
    {
        for (var index = 0; index < town.Policies.Count; index++)
        {
            var policy = town.Policies[index];
            var rule = town.Rules.FirstOrDefault(rule => rule.Id == policy.RuleId);
            list.Must(rule is not null, "policy-without-rule", $"policies[{index}].ruleId", policy.RuleId, "is the id of no rule");
            list.Must(rule is not SilenceRule, "policy-of-silence", $"policies[{index}].ruleId", policy.RuleId,
                "is a silence rule, which tells staff that a device is silent and never alerts residents; take the policy out");
            if (policy is { Level: >= 4, Action: AlertAction.Publish })
            {
                list.Warn("evacuation-unseen", $"policies[{index}].action", $"publishes a level {policy.Level} alert without any person having seen it; Draft waits for an officer");
            }
        }
    }
}
