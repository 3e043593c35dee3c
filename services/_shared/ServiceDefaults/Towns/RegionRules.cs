using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>What must hold in a region file beyond its form.</summary>
internal static class RegionRules
{
    public static IEnumerable<string> Faults(Region region)
        => Duplicates(region.Municipalities.Select(town => town.Code), "municipality").Concat(region.Municipalities.SelectMany(Faults));

    private static IEnumerable<string> Faults(Town town)
    {
        var faults = new List<string>();
        void Must(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add($"{town.Code}: {fault}");
            }
        }

        Must(MunicipalityCode.IsValid(town.Code), "the code is not a 6-digit local-government code with a correct check digit");
        Must(town.Name.ContainsKey("ja"), "name.ja is missing");
        Must(IsPlace(town.LatitudeDegrees, town.LongitudeDegrees), "latitudeDegrees/longitudeDegrees are not a place on Earth");
        foreach (var rule in town.Rules)
        {
            Must(rule.ClearBelow <= rule.RaiseAt, $"rule {rule.Id}: clearBelow ({rule.ClearBelow}) is above raiseAt ({rule.RaiseAt})");
            Must(rule.MinimumDurationSeconds >= 0, $"rule {rule.Id}: minimumDurationSeconds is negative");
        }

        foreach (var policy in town.Policies)
        {
            Must(policy.Level is >= 1 and <= 5, $"policy of {policy.RuleId}: level {policy.Level} is not 1 to 5");
            Must(town.Rules.Any(rule => rule.Id == policy.RuleId), $"policy of {policy.RuleId}: there is no such rule");
            Must(policy.ExpiresAfterSeconds > 0, $"policy of {policy.RuleId}: expiresAfterSeconds must be above 0");
        }

        foreach (var device in town.Devices)
        {
            Must(IsDeviceId(device.Id), $"device '{device.Id}': an id has 1 to 64 letters, digits, '-', '_' or '.'");
            Must(device.LatitudeDegrees is null == device.LongitudeDegrees is null, $"device {device.Id}: give both latitudeDegrees and longitudeDegrees");
        }

        faults.AddRange(Duplicates(town.Rules.Select(rule => rule.Id), $"{town.Code}: rule"));
        faults.AddRange(Duplicates(town.Policies.Select(policy => policy.RuleId), $"{town.Code}: policy of rule"));
        faults.AddRange(Duplicates(town.Devices.Select(device => device.Id), $"{town.Code}: device"));
        return faults;
    }

    private static IEnumerable<string> Duplicates(IEnumerable<string> ids, string what)
        => ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{what} '{group.Key}' is there twice");

    private static bool IsPlace(double latitudeDegrees, double longitudeDegrees)
        => Math.Abs(latitudeDegrees) <= 90 && Math.Abs(longitudeDegrees) <= 180;

    private static bool IsDeviceId(string id)
        => id.Length is > 0 and <= Contracts.MqttTopic.MaximumDeviceIdLength
            && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
