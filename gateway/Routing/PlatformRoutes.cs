using SmartCity.Contracts;
using SmartCity.ServiceDefaults.ThirdParties;

namespace SmartCity.Gateway.Routing;

/// <summary>
/// What the gateway knows of the platform's own services. A route that is not listed as open asks for a token of the
/// town before it is passed on; the services check by themselves as well, and decide by role.
/// </summary>
internal static class PlatformRoutes
{
    private const long Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Export = TimeSpan.FromMinutes(5);
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] Writing = ["POST"];

    /// <summary>Of a route that <see cref="LimitedRoutesOf"/> does not name.</summary>
    public static RouteLimits DefaultLimits { get; } = new(Mebibyte, TimeSpan.FromSeconds(30));

    /// <summary>Routes that take or give more at once than others. What their service takes is no more than this.</summary>
    public static IReadOnlyList<TargetRoute> LimitedRoutesOf(string appId) => appId switch
    {
        // A GTFS zip of a region is checked before it is answered.
        AppIds.Transit => [Limited("POST", "/feeds", 64, Long), Limited("POST", "/gtfs-realtime", 16, DefaultLimits.Timeout)],
        // An export of years is written as it is read.
        AppIds.Telemetry => [Limited("GET", "/devices/{id}/readings.csv", 0, Export), Limited("GET", "/devices/{id}/readings.json", 0, Export)],
        AppIds.Alerts => [Limited("POST", "/cap", 8, DefaultLimits.Timeout), Limited("POST", "/jma", 8, DefaultLimits.Timeout), Limited("POST", "/jma/push/{feed}", 8, DefaultLimits.Timeout)],
        AppIds.Registry =>
        [
            // Of 50,000 devices, and the files beside it.
            Limited("PUT", "/municipalities/{code}/manifest", 24, Long), Limited("PUT", "/municipalities/{code}/files/{sha256}", 32, Long),
            Limited("POST", "/municipalities/{code}/devices/import", 16, Long), Limited("POST", "/changes/{id}/approve", 1, Long),
            Limited("GET", "/exchange-log/export", 0, Long),
        ],
        _ => [],
    };

    /// <param name="cacheFor">How long hot lists may be repeated.</param>
    public static IReadOnlyList<TargetRoute> OpenRoutesOf(string appId, TimeSpan cacheFor) => appId switch
    {
        AppIds.Telemetry =>
        [
            Open("/devices", cacheFor), Open("/devices/{id}", cacheFor), Open("/devices/{id}/readings", cacheFor),
            Open("/fleet", cacheFor),
            // Exports may be long, and are asked for once.
            Open("/devices/{id}/readings.csv"), Open("/devices/{id}/readings.json"), Open("/open-data/{file}", cacheFor),
            Open("/map.geojson", cacheFor), Open("/stream") with { IsRestless = true },
            // Who is told of what is the staff's business.
            Closed("/ngsi-ld/v1/subscriptions"), Closed("/ngsi-ld/v1/subscriptions/{**rest}"), Open("/ngsi-ld/v1/{**rest}", cacheFor),
        ],
        AppIds.Alerts =>
        [
            Open("/active", cacheFor), Open("/feed.atom", cacheFor), Open("/shelters", cacheFor), Open("/stream") with { IsShared = true },
            Closed("/shelters/reporters"), Open("/shelters/{id}", cacheFor),
            // Before "/{id}", which would take them; officers alone see them.
            Open("/{id}.cap.xml", cacheFor), Closed("/drafts"), Closed("/alarms"), Closed("/deliveries"), Closed("/self-tests"), Closed("/drills"), Closed("/jma"), Open("/push-key", cacheFor), Open("/{id}", cacheFor),
            // A WebSub hub has no token; what it sends is signed, and the service checks that.
            Open("/jma/push/{feed}"), new TargetRoute(RoutePattern.Parse("/jma/push/{feed}"), Writing),
            // A subscription is its owner's by a secret, or by a token in a mail: no account is needed.
            new TargetRoute(RoutePattern.Parse("/subscriptions"), Writing), new TargetRoute(RoutePattern.Parse("/subscriptions/{id}"), ["GET", "POST", "DELETE"]),
            new TargetRoute(RoutePattern.Parse("/subscriptions/{id}/unsubscribe"), ["GET", "POST"]),
            // Whoever is in danger has no account: reports, and one's own by a code. Names are behind other addresses.
            new TargetRoute(RoutePattern.Parse("/safety-check"), ["POST", "PUT"]), new TargetRoute(RoutePattern.Parse("/safety-check/mine"), Writing),
            new TargetRoute(RoutePattern.Parse("/safety-check/erase"), Writing), new TargetRoute(RoutePattern.Parse("/safety-check/find"), Writing),
        ],
        AppIds.Transit =>
        [
            Open("/feeds", cacheFor), Open("/feeds/{version}", cacheFor), Open("/stops.geojson", cacheFor), Open("/stops", cacheFor), Open("/stops/{id}", cacheFor), Open("/stops/{id}/departures", cacheFor), Open("/routes/{**rest}", cacheFor),
            Open("/vehicles.geojson", cacheFor), Open("/plan"), Open("/gtfs.zip"), Open("/gtfs-realtime/{feed}", cacheFor), Open("/stream"),
        ],
        AppIds.Telemedicine => [Open("/fhir/metadata", cacheFor)],
        _ => [],
    };

    private static TargetRoute Limited(string method, string path, int mebibytes, TimeSpan timeout)
        => new(RoutePattern.Parse(path), [method]) { Limits = new RouteLimits(mebibytes * Mebibyte, timeout) };

    private static TargetRoute Open(string path, TimeSpan cacheFor = default) => new(RoutePattern.Parse(path), Reading, CacheFor: cacheFor);

    private static TargetRoute Closed(string path) => new(RoutePattern.Parse(path), Reading) { IsClosed = true };
}
