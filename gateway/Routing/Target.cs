using SmartCity.Gateway.Forwarding;
using SmartCity.ServiceDefaults.ThirdParties;

namespace SmartCity.Gateway.Routing;

/// <summary>One service that requests are passed on to.</summary>
internal sealed class Target
{
    /// <summary>Name in URLs, limits and the access log.</summary>
    public required string Name { get; init; }

    public required Upstream Upstream { get; init; }

    /// <summary>Run by a town or a neighbour: it learns nothing of the caller but a pseudonym, and no path it does not serve reaches it.</summary>
    public bool IsThirdParty { get; init; }

    /// <summary>What a third party calls itself.</summary>
    public string Title { get; init; } = "";

    /// <summary>URL of a third party's own OpenAPI document.</summary>
    public string? OpenApi { get; init; }

    /// <summary>
    /// Of the platform's services, what is open to everybody; the rest asks for a token of the town. Of a third party, all
    /// that it serves.
    /// </summary>
    public IReadOnlyList<TargetRoute> Routes { get; init; } = [];

    /// <summary>Where a route says nothing else.</summary>
    public required RouteLimits Limits { get; init; }

    /// <summary>Of the platform's services, the routes that take or give more at once than others.</summary>
    public IReadOnlyList<TargetRoute> LimitedRoutes { get; init; } = [];

    /// <summary>Of all callers of a town together; 0 for the town's limit alone.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>The first route that serves the path with this method; else null, and whether other methods would do.</summary>
    public TargetRoute? Find(string method, ReadOnlySpan<char> path, out bool otherMethod)
    {
        otherMethod = false;
        foreach (var route in Routes)
        {
            if (!route.Pattern.Matches(path))
            {
                continue;
            }

            if (route.Allows(method))
            {
                return route;
            }

            otherMethod = true;
        }

        return null;
    }

    public RouteLimits LimitsOf(string method, ReadOnlySpan<char> path)
    {
        foreach (var route in LimitedRoutes)
        {
            if (route.Allows(method) && route.Pattern.Matches(path))
            {
                return route.Limits ?? Limits;
            }
        }

        return Limits;
    }

    public string AllowedAt(string path)
        => string.Join(", ", Routes.Where(route => route.Pattern.Matches(path)).SelectMany(route => route.Methods).Distinct(StringComparer.Ordinal));
}

/// <summary>One path of a target.</summary>
/// <param name="Methods">Empty for every method.</param>
/// <param name="RequiredRole">Role in the town that a caller needs; null for everybody, signed in or not.</param>
/// <param name="CacheFor">How long an answer to nobody in particular may be repeated.</param>
internal sealed record TargetRoute(RoutePattern Pattern, IReadOnlyList<string> Methods, string? RequiredRole = null, TimeSpan CacheFor = default)
{
    /// <summary>Asks for a token of the town, although a later pattern of the service would take the path as open.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Null for the service's.</summary>
    public RouteLimits? Limits { get; init; }

    /// <summary>A stream that tells of something all the time: what it tells does not make kept answers out of date, or none would be kept.</summary>
    public bool IsRestless { get; init; }

    /// <summary>A stream that is the same for everybody who asks with the same query: the service is asked for it once.</summary>
    public bool IsShared { get; init; }

    public bool Allows(string method)
    {
        if (Methods.Count == 0)
        {
            return true;
        }

        foreach (var allowed in Methods)
        {
            if (string.Equals(allowed, method, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
