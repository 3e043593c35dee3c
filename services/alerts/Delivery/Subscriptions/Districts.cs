using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>A part of a town that residents may choose instead of the whole of it.</summary>
/// <param name="Id">As subscriptions name it.</param>
/// <param name="Name">By language.</param>
/// <param name="LatitudeDegrees">Of its centre, or null where the manifest gives no place.</param>
/// <param name="LongitudeDegrees">Of its centre.</param>
/// <param name="RadiusMetres">The circle around the centre in which all of it lies.</param>
public sealed record District(string Id, LocalizedText Name, double? LatitudeDegrees = null, double? LongitudeDegrees = null, double? RadiusMetres = null);

/// <summary>The districts of a town: setting <c>districts</c> of its service <c>alerts</c>.</summary>
internal static class Districts
{
    /// <summary>None where the manifest has none, or has them in a form that is no list of districts.</summary>
    public static IReadOnlyList<District> Of(Town town)
    {
        var settings = town.Services.FirstOrDefault(service => service.Name == AppIds.Alerts)?.Settings;
        if (settings is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty("districts", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. list.EnumerateArray().Select(Read).OfType<District>()];
    }

    private static District? Read(JsonElement item)
    {
        try
        {
            return item.Deserialize<District>(CityJson.Options) is { Id: { Length: > 0 } id, Name: not null } district && !id.Contains(',', StringComparison.Ordinal) ? district : null;
        }
        catch (JsonException)
        {
            // The manifest's check names it; the other districts stay.
            return null;
        }
    }
}
