using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>A GTFS Realtime feed that a town's manifest names: the setting <c>realtime</c> of its service <c>transit</c>.</summary>
/// <param name="Id">Names it in <c>gtfs-realtime/sources</c>.</param>
/// <param name="EverySeconds">How often it is asked for, or null for the usual.</param>
internal sealed record SourceSettings(string Id, Uri Url, double? EverySeconds)
{
    /// <summary>Those of a town; what the manifest's check would refuse is left out.</summary>
    public static IReadOnlyList<SourceSettings> Of(Town town)
    {
        var settings = town.Services.FirstOrDefault(static service => service.Name == AppIds.Transit)?.Settings;
        return settings is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("realtime", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Read).OfType<SourceSettings>()]
            : [];
    }

    private static SourceSettings? Read(JsonElement from)
        => from.ValueKind == JsonValueKind.Object
            && from.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } name
            && from.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
            && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
                ? new SourceSettings(name, address, from.TryGetProperty("everySeconds", out var every) && every.TryGetDouble(out var seconds) ? Math.Clamp(seconds, 5, 3_600) : null)
                : null;
}
