using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold of device kinds, and of the mappings of kinds and devices.</summary>
internal static class DeviceKindRules
{
    public static void Check(Town town, NoticeList list)
    {
        list.Duplicates("deviceKinds", town.DeviceKinds, kind => kind.Kind, "kind");
        var used = town.Devices.Select(device => device.Kind).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < town.DeviceKinds.Count; index++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"deviceKinds[{index}]");
            Check(town.DeviceKinds[index].Payload, path, list);
            CommandRules.Check(town, town.DeviceKinds[index], path, list);
            if (!used.Contains(town.DeviceKinds[index].Kind))
            {
                list.Warn("kind-without-device", path + ".kind", $"is '{town.DeviceKinds[index].Kind}', and no device is of that kind");
            }
        }

        for (var index = 0; index < town.Devices.Count; index++)
        {
            if (town.Devices[index].Payload is { } payload)
            {
                Check(payload, string.Create(CultureInfo.InvariantCulture, $"devices[{index}]"), list);
            }
        }
    }

    private static void Check(PayloadMapping? payload, string path, NoticeList list)
    {
        foreach (var fault in payload is null ? [] : PayloadRules.FaultsOf(payload))
        {
            list.Must(false, fault.Code, path + (fault.Field.Length == 0 ? ".payload" : ".payload." + fault.Field), fault.Value, fault.What);
        }
    }
}
