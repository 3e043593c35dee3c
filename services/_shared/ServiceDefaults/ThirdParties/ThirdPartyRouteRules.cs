using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.ThirdParties;

/// <summary>What must hold of one path of a third-party service.</summary>
internal static class ThirdPartyRouteRules
{
    private const double LongestCacheSeconds = 3600;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <param name="path">Of the route in the manifest.</param>
    public static IEnumerable<DoorFault> FaultsOf(ThirdPartyRoute route, ThirdPartyService service, string path)
    {
        if (RoutePattern.FaultOf(route.Path) is { } fault)
        {
            yield return new DoorFault("path-malformed", path + ".path", route.Path, fault);
        }

        foreach (var (index, method) in route.Methods.Index().Where(method => !Methods.Contains(method.Item, StringComparer.Ordinal)))
        {
            yield return new DoorFault("method-unknown", $"{path}.methods[{index}]", method, "is none of " + string.Join(", ", Methods));
        }

        foreach (var other in ThirdPartyRules.OfRole(route.RequiredRole, path + ".requiredRole")
            .Concat(ThirdPartyRules.OfTimeout(route.TimeoutSeconds, path + ".timeoutSeconds"))
            .Concat(ThirdPartyRules.OfRequestBytes(route.MaximumRequestBytes, path + ".maximumRequestBytes")))
        {
            yield return other;
        }

        if (route.CacheSeconds is not (>= 0 and <= LongestCacheSeconds))
        {
            yield return new DoorFault("limit-out-of-range", path + ".cacheSeconds", null, $"is {route.CacheSeconds}; it must be 0 to {LongestCacheSeconds}");
        }
        else if (route.CacheSeconds > 0 && (route.RequiredRole ?? service.RequiredRole) is not null)
        {
            yield return new DoorFault("cache-of-closed-data", path + ".cacheSeconds", null,
                "is above 0 where a role is needed: what one person may read would be kept for others", CanBeServed: true);
        }
    }
}
