using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.ServiceDefaults.ThirdParties;

/// <summary>What must hold of one third-party service.</summary>
public static class ThirdPartyRules
{
    /// <summary>The most replicas of a service that the gateway tells apart.</summary>
    public const int MostReplicas = 64;

    private const int LongestName = 40;
    private const int LongestAppId = 63;
    private const double LongestTimeoutSeconds = 300;
    private const long MostRequestBytes = 100L * 1024 * 1024;

    /// <param name="path">Of the service in the manifest.</param>
    public static IEnumerable<DoorFault> FaultsOf(ThirdPartyService service, string path)
        => OfName(service, path + ".name")
            .Concat(OfTarget(service, path))
            .Concat(OfLimits(service, path))
            .Concat(OfRole(service.RequiredRole, path + ".requiredRole"))
            .Concat(OfAddresses(service, path))
            .Concat(service.Routes.SelectMany((route, index) => ThirdPartyRouteRules.FaultsOf(route, service, $"{path}.routes[{index}]")));

    public static IEnumerable<DoorFault> OfRole(string? role, string path)
        => role is null || CityRoles.All.Contains(role, StringComparer.Ordinal)
            ? []
            : [new DoorFault("role-unknown", path, role, "is none of " + string.Join(", ", CityRoles.All))];

    public static IEnumerable<DoorFault> OfTimeout(double? seconds, string path)
        => seconds is null or (> 0 and <= LongestTimeoutSeconds)
            ? []
            : [new DoorFault("limit-out-of-range", path, null, $"is {seconds}; it must be above 0 and at most {LongestTimeoutSeconds}")];

    public static IEnumerable<DoorFault> OfRequestBytes(long? bytes, string path)
        => bytes is null or (>= 0 and <= MostRequestBytes)
            ? []
            : [new DoorFault("limit-out-of-range", path, null, $"is {bytes}; it must be 0 to {MostRequestBytes}")];

    private static IEnumerable<DoorFault> OfName(ThirdPartyService service, string path)
    {
        if (!IsName(service.Name))
        {
            yield return new DoorFault("name-malformed", path, service.Name, $"has other than 1 to {LongestName} lower-case letters, digits and '-', or does not begin with a letter");
        }
        else if (AppIds.InPortOrder.Contains(service.Name, StringComparer.Ordinal))
        {
            yield return new DoorFault("name-taken", path, service.Name, "is the name of one of the platform's own services");
        }
    }

    private static IEnumerable<DoorFault> OfTarget(ThirdPartyService service, string path)
    {
        if (service.BaseUrls.Count > 0 == service.AppId is not null)
        {
            yield return new DoorFault("target-missing", path, service.Name, "needs either baseUrls or appId");
        }

        if (service.BaseUrls.Count > MostReplicas)
        {
            yield return new DoorFault("too-many-replicas", path + ".baseUrls", null, $"are {service.BaseUrls.Count}; at most {MostReplicas}");
        }

        foreach (var fault in service.BaseUrls.SelectMany((url, index) => OfUrl(url, $"{path}.baseUrls[{index}]")))
        {
            yield return fault;
        }

        // Through the sidecar every app of the platform can be reached: those are nobody's to offer again.
        if (service.AppId is { } appId && AppIds.InPortOrder.Contains(appId, StringComparer.OrdinalIgnoreCase))
        {
            yield return new DoorFault("app-id-taken", path + ".appId", appId, "is a service of the platform: its internal addresses are not for the outside");
        }
        else if (service.AppId is { } other && !IsAppId(other))
        {
            yield return new DoorFault("app-id-malformed", path + ".appId", other, $"has other than 1 to {LongestAppId} letters, digits and '-', or begins with '-'");
        }
    }

    private static IEnumerable<DoorFault> OfLimits(ThirdPartyService service, string path)
        => OfTimeout(service.TimeoutSeconds, path + ".timeoutSeconds")
            .Concat(OfRequestBytes(service.MaximumRequestBytes, path + ".maximumRequestBytes"))
            .Concat(service.RequestsPerSecond >= 0 ? [] : [new DoorFault("limit-out-of-range", path + ".requestsPerSecond", null, "is negative")]);

    private static IEnumerable<DoorFault> OfAddresses(ThirdPartyService service, string path)
    {
        if (service.HealthPath is { } health && HealthPath.FaultOf(health) is { } fault)
        {
            yield return new DoorFault("health-path-malformed", path + ".healthPath", health, fault, CanBeServed: true);
        }

        if (service.OpenApi is { } openApi && (!Uri.TryCreate(openApi, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            yield return new DoorFault("url-malformed", path + ".openApi", openApi, "is no http(s) URL");
        }
    }

    private static IEnumerable<DoorFault> OfUrl(string text, string path)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return new DoorFault("url-malformed", path, text, "is no http(s) URL");
        }
        else if (url.UserInfo.Length > 0)
        {
            // Not repeated: it may be a password.
            yield return new DoorFault("url-malformed", path, null, $"({url.Host}) holds a user name or password");
        }
        else if (url.Query.Length + url.Fragment.Length > 0)
        {
            yield return new DoorFault("url-malformed", path, text, "has a query or fragment; give scheme, host, port and path only");
        }
    }

    private static bool IsName(string name)
        => name.Length is > 0 and <= LongestName && char.IsAsciiLetterLower(name[0])
            && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    private static bool IsAppId(string appId)
        => appId.Length is > 0 and <= LongestAppId && appId[0] != '-' && appId.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
