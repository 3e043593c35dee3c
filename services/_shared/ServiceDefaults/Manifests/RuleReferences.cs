using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>Rules that name rules or devices: the names must be there, of a kind that fits, and never lead back to where they began.</summary>
internal static class RuleReferences
{
    private const int MostDevicesOfZone = 1_000;

    public static void Check(Town town, AlertRule rule, string path, NoticeList list)
    {
        switch (rule)
        {
            case CompositeRule composite:
                CheckComposite(town, composite, path, list);
                break;
            case ZoneRule zone:
                CheckZone(town, zone, path, list);
                break;
        }
    }

    private static void CheckComposite(Town town, CompositeRule composite, string path, NoticeList list)
    {
        for (var index = 0; index < composite.Rules.Count; index++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}.rules[{index}]");
            var member = CheckMember(town, composite.Rules[index], place, list);
            list.Must(member is null || member.DeviceKind == composite.DeviceKind, "rule-of-other-kind", place, composite.Rules[index],
                $"is a rule of '{member?.DeviceKind}' devices; a composite takes rules of its own deviceKind '{composite.DeviceKind}'");
        }

        list.Must(!LeadsTo(town, composite, composite.Id, []), "rule-in-a-circle", path + ".rules", composite.Id, "leads back to the rule itself");
    }

    private static void CheckZone(Town town, ZoneRule zone, string path, NoticeList list)
    {
        var member = CheckMember(town, zone.Rule, path + ".rule", list);
        var hasCircle = zone is { LatitudeDegrees: not null, LongitudeDegrees: not null, RadiusMetres: not null };
        if (zone.Devices?.Count > MostDevicesOfZone)
        {
            list.Must(false, "zone-too-large", path + ".devices", null, $"are {zone.Devices.Count}; at most {MostDevicesOfZone} are allowed");
            return;
        }

        var hasPart = zone.LatitudeDegrees is not null || zone.LongitudeDegrees is not null || zone.RadiusMetres is not null;
        list.Must(zone.Devices is null ? hasCircle : !hasPart, "zone-without-devices", path, zone.Id, "needs devices, or latitudeDegrees, longitudeDegrees and radiusMetres, and not both");
        var devices = zone.Devices is null ? null : town.Devices.DistinctBy(device => device.Id, StringComparer.Ordinal).ToDictionary(device => device.Id, StringComparer.Ordinal);
        var voters = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < (zone.Devices?.Count ?? 0); index++)
        {
            var id = zone.Devices![index];
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}.devices[{index}]");
            var device = devices!.GetValueOrDefault(id);
            list.Must(device is not null, "device-unknown", place, id, "is the id of no device");
            list.Must(device is null || member is null || device.Kind == member.DeviceKind, "device-of-other-kind", place, id,
                $"is a device of kind '{device?.Kind}'; the rule '{zone.Rule}' is for '{member?.DeviceKind}'");
            list.Must(voters.Add(id), "twice", place, id, "is there twice; one device has one vote");
        }

        if (member is not null && (hasCircle || zone.Devices is not null))
        {
            var count = ZoneMembers.Of(town, zone).Count;
            list.Must(zone.Devices is null || zone.AtLeast <= count, "zone-too-small", path + ".atLeast", zone.AtLeast.ToString(CultureInfo.InvariantCulture), $"is {zone.AtLeast}, and the zone has {count} devices: it could never be raised");
            if (zone.Devices is null && zone.AtLeast > count)
            {
                list.Warn("zone-too-small", path + ".atLeast", $"is {zone.AtLeast}, and {count} devices of kind '{member.DeviceKind}' stand in the circle: until there are more it is never raised");
            }
        }
    }

    private static DeviceRule? CheckMember(Town town, string id, string place, NoticeList list)
    {
        var rule = town.Rules.FirstOrDefault(rule => rule.Id == id);
        list.Must(rule is not null, "rule-unknown", place, id, "is the id of no rule");
        list.Must(rule is null or (DeviceRule and not SilenceRule), "rule-cannot-be-member", place, id,
            "is a silence or zone rule; threshold, rate, deviation and composite rules belong here");
        return rule is SilenceRule ? null : rule as DeviceRule;
    }

    private static bool LeadsTo(Town town, CompositeRule from, string id, HashSet<string> seen)
        => seen.Add(from.Id) && from.Rules.Any(member => member == id
            || (town.Rules.FirstOrDefault(rule => rule.Id == member) is CompositeRule composite && LeadsTo(town, composite, id, seen)));
}
