using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.Registry.Devices;

/// <summary>Holds new devices against the town that they are for, and against each other. Every fault is listed.</summary>
public sealed class DeviceReview
{
    /// <summary>About 100 km: a device further away is of another region, or its coordinates are exchanged.</summary>
    private const double FarLatitudeDegrees = 1;
    private const double FarLongitudeDegrees = 1.2;

    private readonly List<DeviceFault> _faults = [];

    private DeviceReview()
    {
    }

    public IReadOnlyList<DeviceFault> Faults => _faults;

    public bool HasErrors => _faults.Exists(fault => fault.Severity == NoticeSeverity.Error);

    /// <summary>Every candidate is registered already, exactly so: the request came a second time.</summary>
    public bool IsRepetition { get; private init; }

    public static DeviceReview Of(Town town, IReadOnlyList<DeviceCandidate> candidates)
    {
        var known = town.Devices.ToDictionary(device => device.Id, StringComparer.Ordinal);
        if (candidates.Count > 0 && candidates.All(candidate => known.TryGetValue(candidate.Id, out var device) && candidate.IsSameAs(device)))
        {
            return new DeviceReview { IsRepetition = true };
        }

        var review = new DeviceReview();
        review.CheckIds(known, candidates);
        review.CheckPlaces(town, candidates);
        review.CheckPayloads(candidates);
        review._faults.AddRange(DeviceDuplicates.In(town.Devices, candidates));
        if (town.Devices.Count + candidates.Count > town.Limits.Devices)
        {
            review.Add(-1, "", "too-many-devices", NoticeSeverity.Error, null,
                $"The town has {town.Devices.Count} devices; {candidates.Count} more would be over limits.devices ({town.Limits.Devices}).");
        }

        return review;
    }

    private void CheckIds(Dictionary<string, Device> known, IReadOnlyList<DeviceCandidate> candidates)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < candidates.Count; index++)
        {
            var candidate = candidates[index];
            if (candidate.Id is "." or "..")
            {
                Add(index, "id", "id-malformed", NoticeSeverity.Error, candidate.Id, $"'{candidate.Id}' goes up or nowhere in an address; give another id.");
            }

            if (known.TryGetValue(candidate.Id, out var device))
            {
                Add(index, "id", "id-taken", NoticeSeverity.Error, candidate.Id, candidate.IsSameAs(device)
                    ? $"'{candidate.Id}' is registered already, exactly so: leave it out."
                    : $"'{candidate.Id}' is registered already, as something else: give another id, or change it in the manifest.");
            }
            else if (candidate.Id.Length > 0 && !first.TryAdd(candidate.Id, index))
            {
                Add(index, "id", "id-twice", NoticeSeverity.Error, candidate.Id, $"'{candidate.Id}' is there twice, first as number {first[candidate.Id] + 1}.");
            }
        }
    }

    private void CheckPlaces(Town town, IReadOnlyList<DeviceCandidate> candidates)
    {
        for (var index = 0; index < candidates.Count; index++)
        {
            if (candidates[index].Device is not { } device)
            {
                continue;
            }

            if (device.LatitudeDegrees is null != device.LongitudeDegrees is null)
            {
                Add(index, device.LatitudeDegrees is null ? "latitudeDegrees" : "longitudeDegrees", "half-a-place", NoticeSeverity.Error, null,
                    "Only one of latitude and longitude is given; give both, or neither.");
            }
            else if (device is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude } && !IsNear(town, latitude, longitude))
            {
                var isExchanged = IsNear(town, longitude, latitude);
                Add(index, "latitudeDegrees", isExchanged ? "coordinates-exchanged" : "far-away", isExchanged ? NoticeSeverity.Error : NoticeSeverity.Warning, null,
                    isExchanged ? "Latitude and longitude are exchanged." : "The place is more than 100 km from the town.");
            }
        }
    }

    private void CheckPayloads(IReadOnlyList<DeviceCandidate> candidates)
    {
        for (var index = 0; index < candidates.Count; index++)
        {
            if (candidates[index].Device is { Payload: { } payload })
            {
                foreach (var fault in PayloadRules.FaultsOf(payload))
                {
                    var field = fault.Field.Length == 0 ? "payload" : "payload." + fault.Field;
                    Add(index, field, fault.Code, NoticeSeverity.Error, fault.Value, $"{field} {fault.What}.");
                }
            }
        }
    }

    private static bool IsNear(Town town, double latitude, double longitude)
        => Math.Abs(latitude - town.LatitudeDegrees) <= FarLatitudeDegrees && Math.Abs(longitude - town.LongitudeDegrees) <= FarLongitudeDegrees;

    private void Add(int index, string field, string code, NoticeSeverity severity, string? value, string message)
        => _faults.Add(new DeviceFault(index, field, code, severity, value, message));
}
