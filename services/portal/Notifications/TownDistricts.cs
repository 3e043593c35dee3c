using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Portal.Notifications;

/// <summary>The districts that residents may choose: setting <c>districts</c> of the town's service <c>alerts</c>, which judges them.</summary>
internal static class TownDistricts
{
    public static IReadOnlyList<TownDistrict> Of(Town town)
    {
        var settings = town.Services.FirstOrDefault(service => service.Name == AppIds.Alerts)?.Settings;
        return settings is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("districts", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Read).OfType<TownDistrict>()]
            : [];
    }

    private static TownDistrict? Read(JsonElement item)
    {
        try
        {
            return item.Deserialize<TownDistrict>(CityJson.Options) is { Id.Length: > 0, Name: not null } district ? district : null;
        }
        catch (JsonException)
        {
            // The manifest's check names it; the other districts stay.
            return null;
        }
    }
}

/// <param name="Id">As subscriptions name it.</param>
/// <param name="Name">By language.</param>
/// <param name="LatitudeDegrees">Of its middle, where the setting has it.</param>
internal sealed record TownDistrict(string Id, LocalizedText Name, double? LatitudeDegrees = null, double? LongitudeDegrees = null);
