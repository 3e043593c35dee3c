using System.Collections.Frozen;
using SmartCity.Contracts;

namespace SmartCity.Gateway.Routing;

/// <summary>
/// What the gateway knows of the platform's own services. A route that is not listed as open asks for a token of the
/// town before it is passed on; the services check by themselves as well, and decide by role.
/// </summary>
internal static class PlatformRoutes
{
    private const long Mebibyte = 1024 * 1024;
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] Writing = ["POST"];

    /// <summary>Largest body and longest answer by app id; others get a mebibyte and half a minute.</summary>
    public static FrozenDictionary<string, (long MaximumRequestBytes, TimeSpan Timeout)> Limits { get; } =
        new Dictionary<string, (long, TimeSpan)>(StringComparer.Ordinal)
        {
            // A GTFS zip of a region is checked before it is answered.
            [AppIds.Transit] = (64 * Mebibyte, TimeSpan.FromMinutes(2)),
            [AppIds.Alerts] = (8 * Mebibyte, TimeSpan.FromSeconds(30)),
            // An export of years is written as it is read.
            [AppIds.Telemetry] = (Mebibyte, TimeSpan.FromMinutes(5)),
            // Manifests come with their files.
            [AppIds.Registry] = (64 * Mebibyte, TimeSpan.FromMinutes(2)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static (long MaximumRequestBytes, TimeSpan Timeout) DefaultLimits { get; } = (Mebibyte, TimeSpan.FromSeconds(30));

    /// <param name="cacheFor">How long hot lists may be repeated.</param>
    public static IReadOnlyList<TargetRoute> OpenRoutesOf(string appId, TimeSpan cacheFor) => appId switch
    {
        AppIds.Telemetry =>
        [
            Open("/devices", cacheFor), Open("/devices/{id}", cacheFor), Open("/devices/{id}/readings", cacheFor),
            // Exports may be long, and are asked for once.
            Open("/devices/{id}/readings.csv"), Open("/devices/{id}/readings.json"), Open("/open-data/{file}", cacheFor),
            Open("/map.geojson", cacheFor), Open("/stream") with { IsRestless = true },
            // Who is told of what is the staff's business.
            Closed("/ngsi-ld/v1/subscriptions"), Closed("/ngsi-ld/v1/subscriptions/{**rest}"), Open("/ngsi-ld/v1/{**rest}", cacheFor),
        ],
        AppIds.Alerts =>
        [
            Open("/active", cacheFor), Open("/feed.atom", cacheFor), Open("/shelters", cacheFor), Open("/stream"),
            // Before "/{id}", which would take them; officers alone see them.
            Open("/{id}.cap.xml", cacheFor), Closed("/drafts"), Closed("/deliveries"), Open("/{id}", cacheFor),
            new TargetRoute(RoutePattern.Parse("/subscriptions"), Writing), new TargetRoute(RoutePattern.Parse("/safety-check"), Writing),
        ],
        AppIds.Transit =>
        [
            Open("/stops", cacheFor), Open("/stops/{id}", cacheFor), Open("/stops/{id}/departures", cacheFor), Open("/routes/{**rest}", cacheFor),
            Open("/vehicles.geojson", cacheFor), Open("/plan"), Open("/gtfs.zip"), Open("/gtfs-realtime/{feed}", cacheFor), Open("/stream"),
        ],
        AppIds.Telemedicine => [Open("/fhir/metadata", cacheFor)],
        _ => [],
    };

    private static TargetRoute Open(string path, TimeSpan cacheFor = default) => new(RoutePattern.Parse(path), Reading, CacheFor: cacheFor);

    private static TargetRoute Closed(string path) => new(RoutePattern.Parse(path), Reading) { IsClosed = true };
}
