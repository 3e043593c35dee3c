using Microsoft.AspNetCore.Builder;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// Takes a route out of the check for Individual Numbers: its body is no text that a person typed. Everything else
/// about the request (query, route values) is then unchecked too, so the reason must cover it.
/// </summary>
/// <param name="reason">Why nothing can slip through here.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class MyNumberUncheckedAttribute(string reason) : Attribute
{
    /// <summary>Why nothing can slip through here.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The same for routes that are mapped.</summary>
public static class MyNumberConventions
{
    /// <inheritdoc cref="MyNumberUncheckedAttribute" />
    public static TBuilder WithoutMyNumberCheck<TBuilder>(this TBuilder routes, string reason)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint => endpoint.Metadata.Add(new MyNumberUncheckedAttribute(reason)));
        return routes;
    }
}
