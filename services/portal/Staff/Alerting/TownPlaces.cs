using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Maps;
using SmartCity.Portal.Notifications;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>A place that an officer can choose as the middle of a circle.</summary>
/// <param name="Kind"><c>device</c>, <c>district</c> or <c>shelter</c>.</param>
/// <param name="Key">Of the form's field.</param>
public sealed record TownPlace(string Kind, string Key, LocalizedText Name, GeoPoint Point);

/// <summary>Places of a town: its devices, its districts (setting <c>districts</c> of its service <c>alerts</c>) and its shelters.</summary>
internal static class TownPlaces
{
    public static IReadOnlyList<TownPlace> Of(Town town, IReadOnlyList<ShelterView> shelters) =>
    [
        .. town.Devices.Where(device => device is { LatitudeDegrees: not null, LongitudeDegrees: not null })
            .Select(device => new TownPlace("device", "device:" + device.Id, device.Name, new GeoPoint(device.LatitudeDegrees!.Value, device.LongitudeDegrees!.Value))),
        .. TownDistricts.Of(town).Where(district => district is { LatitudeDegrees: not null, LongitudeDegrees: not null })
            .Select(district => new TownPlace("district", "district:" + district.Id, district.Name, new GeoPoint(district.LatitudeDegrees!.Value, district.LongitudeDegrees!.Value))),
        .. shelters.Select(shelter => new TownPlace("shelter", "shelter:" + shelter.Id, shelter.Name, new GeoPoint(shelter.LatitudeDegrees, shelter.LongitudeDegrees))),
    ];
}
