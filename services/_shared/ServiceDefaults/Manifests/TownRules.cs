using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.ThirdParties;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold in a town beyond the form of its fields.</summary>
public static class TownRules
{
    /// <param name="placeOf">Line and column of a path in the document.</param>
    public static IReadOnlyList<Notice> Check(Town town, Func<string, (int Line, int Column)> placeOf)
    {
        var list = new NoticeList(placeOf);
        list.Must(MunicipalityCode.IsValid(town.Code), "code-invalid", "code", town.Code,
            "is not a local-government code: its check digit is wrong. Look the code up in the list of the Ministry of Internal Affairs and Communications");
        list.Duplicates("services", town.Services, service => service.Name);
        list.Duplicates("languages", town.Languages, language => language);
        AlertRuleRules.Check(town, list);
        BulletinRules.Check(town, list);
        CheckDevices(town, list);
        DeviceKindRules.Check(town, list);
        list.Duplicates("clinics", town.Clinics, clinic => clinic.Id, "id");
        list.Duplicates("transitFeeds", town.TransitFeeds, feed => feed.Id, "id");
        list.Duplicates("people", town.People, person => person.Name, "name");
        foreach (var fault in DoorRules.FaultsOf(town))
        {
            list.Must(holds: false, fault.Code, fault.Path, fault.Value, fault.What);
        }

        CheckFiles(town, list);
        if (town.Boundary is { } boundary)
        {
            BoundaryRules.Check(boundary, list);
        }

        if (town.Offers(AppIds.Alerts) && town.AlertSender.Length == 0)
        {
            list.Warn("sender-missing", "alertSender", "is empty: alerts will name the municipality's code as their sender");
        }

        return list.Notices;
    }

    private static void CheckDevices(Town town, NoticeList list)
    {
        list.Duplicates("devices", town.Devices, device => device.Id, "id");
        list.Must(town.Devices.Count <= town.Limits.Devices, "too-many-devices", "devices", null, $"are {town.Devices.Count}; limits.devices allows {town.Limits.Devices}");
        for (var index = 0; index < town.Devices.Count; index++)
        {
            var device = town.Devices[index];
            list.Must(device.LatitudeDegrees is null == device.LongitudeDegrees is null, "half-a-place", $"devices[{index}]", device.Id, "has one of latitudeDegrees and longitudeDegrees; give both");
            if (device.LatitudeDegrees is { } latitude && device.LongitudeDegrees is { } longitude
                && (Math.Abs(latitude - town.LatitudeDegrees) > 1 || Math.Abs(longitude - town.LongitudeDegrees) > 1.2))
            {
                list.Warn("far-away", $"devices[{index}]", $"('{device.Id}') is more than 100 km from the town; are latitude and longitude exchanged?");
            }
        }
    }

    private static void CheckFiles(Town town, NoticeList list)
    {
        if (town.Shelters is { Length: > 0 } shelters && town.Files.Count > 0)
        {
            list.Must(town.Files.ContainsKey(shelters), "file-missing", "shelters", shelters, "is not among files");
        }
    }
}
