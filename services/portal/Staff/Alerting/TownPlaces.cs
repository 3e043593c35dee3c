using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Maps;

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
        .. Districts(town),
        .. shelters.Select(shelter => new TownPlace("shelter", "shelter:" + shelter.Id, shelter.Name, new GeoPoint(shelter.LatitudeDegrees, shelter.LongitudeDegrees))),
    ];

    private static IEnumerable<TownPlace> Districts(Town town)
    {
        var settings = town.Services.FirstOrDefault(service => service.Name == AppIds.Alerts)?.Settings;
        if (settings is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty("districts", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return list.EnumerateArray().Select(Read).OfType<TownPlace>();
    }

    private static TownPlace? Read(JsonElement item)
    {
        try
        {
            return item.Deserialize<DistrictSetting>(CityJson.Options) is { Id: { } id, Name: { } name, LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude }
                ? new TownPlace("district", "district:" + id, name, new GeoPoint(latitude, longitude))
                : null;
        }
        catch (JsonException)
        {
            // The manifest's check names it; the other districts stay.
            return null;
        }
    }

    private sealed record DistrictSetting(string? Id, LocalizedText? Name, double? LatitudeDegrees, double? LongitudeDegrees);
}
