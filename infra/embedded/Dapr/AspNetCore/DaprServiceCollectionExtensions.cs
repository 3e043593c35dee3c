using Dapr;
using Dapr.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="DaprClient"/>.</summary>
public static class DaprServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="DaprClient"/> unless it is registered already: as in the Dapr .NET SDK a later call, with
    /// whatever configuration, changes nothing. The endpoint comes from IConfiguration (DAPR_HTTP_ENDPOINT or
    /// DAPR_HTTP_PORT) before the environment.
    /// </summary>
    public static void AddDaprClient(this IServiceCollection services, Action<DaprClientBuilder>? configure = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        => services.AddDaprClient((_, builder) => configure?.Invoke(builder), lifetime);

    /// <inheritdoc cref="AddDaprClient(IServiceCollection, Action{DaprClientBuilder}?, ServiceLifetime)"/>
    public static void AddDaprClient(this IServiceCollection services, Action<IServiceProvider, DaprClientBuilder> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAdd(new ServiceDescriptor(typeof(DaprClient), provider =>
        {
            var configuration = provider.GetService<IConfiguration>();
            var builder = new DaprClientBuilder().UseHttpEndpoint(DaprDefaults.HttpEndpoint(configuration));
            if (DaprDefaults.ApiToken(configuration) is { } token)
            {
                builder.UseDaprApiToken(token);
            }

            configure(provider, builder);
            return builder.Build();
        }, lifetime));
    }
}
