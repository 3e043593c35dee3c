using Dapr;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the CloudEvents middleware.</summary>
public static class DaprApplicationBuilderExtensions
{
    /// <summary>
    /// Unwraps requests of type <c>application/cloudevents+json</c>, so that handlers see the event's data and its
    /// media type. Other requests pass unchanged.
    /// </summary>
    public static IApplicationBuilder UseCloudEvents(this IApplicationBuilder builder)
        => builder.UseCloudEvents(new CloudEventsMiddlewareOptions());

    /// <inheritdoc cref="UseCloudEvents(IApplicationBuilder)"/>
    public static IApplicationBuilder UseCloudEvents(this IApplicationBuilder builder, CloudEventsMiddlewareOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.Use(next => new CloudEventsMiddleware(next, options).InvokeAsync);
    }
}
