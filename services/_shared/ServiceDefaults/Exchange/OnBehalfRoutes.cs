using Microsoft.AspNetCore.Builder;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>A route that one person may use for another, given a grant of this scope.</summary>
/// <param name="scope">One of <see cref="GrantScopes"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class OnBehalfScopeAttribute(string scope) : Attribute
{
    public string Scope { get; } = scope;
}

/// <summary>The same for routes that are mapped.</summary>
public static class OnBehalfRoutes
{
    /// <summary>Takes the header <c>On-Behalf-Of: {subject}</c>; see <see cref="ActingExtensions.EffectiveSubject"/>.</summary>
    public static TBuilder AllowOnBehalf<TBuilder>(this TBuilder routes, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint => endpoint.Metadata.Add(new OnBehalfScopeAttribute(scope)));
        return routes;
    }
}
