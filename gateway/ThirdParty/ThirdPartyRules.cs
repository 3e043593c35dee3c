using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Forwarding;
using SmartCity.Gateway.Routing;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.ThirdParty;

/// <summary>What must hold before the gateway serves a town's configuration. Every fault is named, not the first.</summary>
internal static class ThirdPartyRules
{
    private const int LongestName = 40;
    private const double LongestTimeoutSeconds = 300;
    private const long MostRequestBytes = 100L * 1024 * 1024;
    private const double LongestCacheSeconds = 3600;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static IReadOnlyList<string> FaultsOf(Town town)
    {
        var faults = new List<string>();
        faults.AddRange(town.ThirdPartyServices.GroupBy(service => service.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => $"service '{group.Key}' is there twice"));
        foreach (var service in town.ThirdPartyServices)
        {
            faults.AddRange(FaultsOf(service).Select(fault => $"service '{service.Name}': {fault}"));
        }

        faults.AddRange(town.AllowedOrigins.Where(origin => !IsOrigin(origin))
            .Select(origin => $"allowedOrigins: '{origin}' is no origin such as https://www.city.example.lg.jp"));
        if (town.Limits.RequestsPerSecond < 1 || town.Limits.RequestsPerSecondOfPerson < 1)
        {
            faults.Add("limits: requestsPerSecond and requestsPerSecondOfPerson must be 1 or more");
        }

        return faults;
    }

    private static IEnumerable<string> FaultsOf(ThirdPartyService service)
    {
        if (!IsName(service.Name))
        {
            yield return $"the name has 1 to {LongestName} lower-case letters, digits and '-', and begins with a letter";
        }
        else if (AppIds.InPortOrder.Contains(service.Name, StringComparer.Ordinal))
        {
            yield return "the name is one of the platform's own services";
        }

        if (service.BaseUrls.Count > 0 == service.AppId is not null)
        {
            yield return "give either baseUrls or appId";
        }

        if (service.BaseUrls.Count > Upstream.MostReplicas)
        {
            yield return $"there are {service.BaseUrls.Count} baseUrls; at most {Upstream.MostReplicas}";
        }

        foreach (var fault in service.BaseUrls.Select(FaultOfUrl).OfType<string>())
        {
            yield return fault;
        }

        // Through the sidecar every app of the platform can be reached: those are nobody's to offer again.
        if (service.AppId is { } appId && (!IsName(appId) || AppIds.InPortOrder.Contains(appId, StringComparer.Ordinal)))
        {
            yield return $"appId '{appId}' is no app id of a third party";
        }

        foreach (var fault in FaultsOfLimits(service).Concat(FaultsOfRole(service.RequiredRole)).Concat(service.Routes.SelectMany(FaultsOf)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOfLimits(ThirdPartyService service)
    {
        if (service.TimeoutSeconds is not (> 0 and <= LongestTimeoutSeconds))
        {
            yield return $"timeoutSeconds is {service.TimeoutSeconds}; it must be above 0 and at most {LongestTimeoutSeconds}";
        }

        if (service.MaximumRequestBytes is < 0 or > MostRequestBytes)
        {
            yield return $"maximumRequestBytes is {service.MaximumRequestBytes}; it must be 0 to {MostRequestBytes}";
        }

        if (service.RequestsPerSecond < 0)
        {
            yield return "requestsPerSecond is negative";
        }

        if (service.HealthPath is { } path && (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal)))
        {
            yield return $"healthPath '{path}' does not begin with one '/'";
        }

        if (service.OpenApi is { } openApi && (!Uri.TryCreate(openApi, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            yield return $"openApi '{openApi}' is no http(s) URL";
        }
    }

    private static IEnumerable<string> FaultsOf(ThirdPartyRoute route)
    {
        if (FaultOfPattern(route.Path) is { } fault)
        {
            yield return $"route {fault}";
        }

        foreach (var method in route.Methods.Where(method => !Methods.Contains(method, StringComparer.Ordinal)))
        {
            yield return $"route '{route.Path}': '{method}' is none of {string.Join(", ", Methods)}";
        }

        foreach (var roleFault in FaultsOfRole(route.RequiredRole))
        {
            yield return $"route '{route.Path}': {roleFault}";
        }

        if (route.CacheSeconds is not (>= 0 and <= LongestCacheSeconds))
        {
            yield return $"route '{route.Path}': cacheSeconds is {route.CacheSeconds}; it must be 0 to {LongestCacheSeconds}";
        }
    }

    private static IEnumerable<string> FaultsOfRole(string? role)
        => role is null || CityRoles.All.Contains(role, StringComparer.Ordinal) ? [] : [$"requiredRole '{role}' is none of {string.Join(", ", CityRoles.All)}"];

    private static string? FaultOfPattern(string path)
    {
        try
        {
            RoutePattern.Parse(path);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static string? FaultOfUrl(string text)
        => !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? $"baseUrl '{text}' is no http(s) URL"
            : url.UserInfo.Length > 0 ? $"baseUrl of {url.Host} holds a user name or password"
            : url.Query.Length + url.Fragment.Length > 0 ? $"baseUrl '{text}' has a query or fragment"
            : null;

    private static bool IsOrigin(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            && string.Equals(url.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string name)
        => name.Length is > 0 and <= LongestName && char.IsAsciiLetterLower(name[0])
            && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
}
