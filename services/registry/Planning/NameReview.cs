using System.Globalization;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Devices;
using SmartCity.ServiceDefaults.Names;

namespace SmartCity.Registry.Planning;

/// <summary>
/// Warns of entries that may be one and the same person, clinic or device, written in two ways. Only where the plan brings
/// or renames one of them, and only ever a warning: who is who, people decide.
/// </summary>
internal static class NameReview
{
    public static IEnumerable<Notice> Check(Town? before, Town after)
        => Check(before, after, "people", town => town.People, person => new NamedRecord(person.Name, person.Name), "name", "are they one person?")
            .Concat(Check(before, after, "clinics", town => town.Clinics, clinic => Record(clinic.Id, clinic.Name), "name", "are they one clinic?"))
            .Concat(CheckDevices(before, after));

    private static IEnumerable<Notice> Check<T>(
        Town? before, Town after, string section, Func<Town, IReadOnlyList<T>> entriesOf, Func<T, NamedRecord> recordOf, string field, string question)
    {
        var known = (before is null ? [] : entriesOf(before)).Select(recordOf).ToHashSet();
        var records = entriesOf(after).Select(recordOf).ToList();
        foreach (var group in NameDuplicates.Find(records))
        {
            var changed = records.FindLastIndex(record => group.Ids.Contains(record.Id, StringComparer.Ordinal) && !known.Contains(record));
            if (changed >= 0)
            {
                var unsure = group.IsReadingCertain || section == "people" ? "" : " Not all of them have a reading, which could tell them apart.";
                yield return Warning("same-name", string.Create(CultureInfo.InvariantCulture, $"{section}[{changed}].{field}"), records[changed].Name,
                    $"{section}: {string.Join(", ", group.Ids.Select(id => $"'{id}'"))} have the same name, apart from how it is written: {question}{unsure}");
            }
        }
    }

    private static IEnumerable<Notice> CheckDevices(Town? before, Town after)
    {
        var known = (before?.Devices ?? []).ToDictionary(device => device.Id, StringComparer.Ordinal);
        var (same, changed) = (new List<Device>(), new List<int>());
        for (var index = 0; index < after.Devices.Count; index++)
        {
            var device = after.Devices[index];
            if (known.TryGetValue(device.Id, out var old) && IsAlike(device, old))
            {
                same.Add(device);
            }
            else
            {
                changed.Add(index);
            }
        }

        return DeviceDuplicates.In(same, [.. changed.Select(index => new DeviceCandidate(after.Devices[index].Id, after.Devices[index]))])
            .Select(fault => Warning(fault.Code, string.Create(CultureInfo.InvariantCulture, $"devices[{changed[fault.Index]}].{fault.Field}"), fault.Value,
                $"devices: '{after.Devices[changed[fault.Index]].Id}': {fault.Message}"));
    }

    // What duplicates are found by; 50,000 devices are compared at each plan.
    private static bool IsAlike(Device one, Device other)
        => one.Kind == other.Kind && one.Name.In("ja") == other.Name.In("ja")
            && Nullable.Equals(one.LatitudeDegrees, other.LatitudeDegrees) && Nullable.Equals(one.LongitudeDegrees, other.LongitudeDegrees);

    private static NamedRecord Record(string id, LocalizedText name) => new(id, name.In("ja"), name.GetValueOrDefault("ja-Hira"));

    private static Notice Warning(string code, string field, string? value, string message)
        => new(code, NoticeSeverity.Warning, message) { Field = field, Value = value };
}
