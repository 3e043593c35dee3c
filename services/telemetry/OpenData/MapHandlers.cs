using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Telemetry.OpenData;

internal static class MapHandlers
{
    /// <summary>The town's devices that have a place, with newest values, silences and raised rules, as a GeoJSON FeatureCollection.</summary>
    public static Task<EmptyHttpResult> GetAsync(HttpContext http, TownReport report, CancellationToken cancellationToken)
        => WriteAsync(http, report, withState: true, cancellationToken);

    /// <summary>The same without what changes: where which device is.</summary>
    public static Task<EmptyHttpResult> GetPlacesAsync(HttpContext http, TownReport report, CancellationToken cancellationToken)
        => WriteAsync(http, report, withState: false, cancellationToken);

    private static async Task<EmptyHttpResult> WriteAsync(HttpContext http, TownReport report, bool withState, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        var devices = town.Devices.Where(GeoJson.HasPlace).OrderBy(device => device.Id, StringComparer.Ordinal);
        http.Response.ContentType = GeoJson.MediaType;
        await using var answer = new JsonAnswer(http.Response);
        answer.Json.WriteStartObject();
        answer.Json.WriteString("type"u8, "FeatureCollection"u8);
        answer.Json.WriteStartArray("features"u8);
        DateTimeOffset? updated = null;
        if (withState)
        {
            await foreach (var one in report.ReadAsync(town, devices, cancellationToken))
            {
                GeoJson.WriteFeature(answer.Json, one.Device, one);
                updated = one.Updated > (updated ?? DateTimeOffset.MinValue) ? one.Updated : updated;
                await answer.SendFullAsync(cancellationToken);
            }
        }
        else
        {
            foreach (var device in devices)
            {
                GeoJson.WriteFeature(answer.Json, device, report: null);
                await answer.SendFullAsync(cancellationToken);
            }
        }

        answer.Json.WriteEndArray();
        answer.WriteTerms(town, updated);
        answer.Json.WriteEndObject();
        await answer.SendAsync(cancellationToken);
        return TypedResults.Empty;
    }
}
