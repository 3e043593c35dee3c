using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Following the registry, for services and for whatever else must know the towns.</summary>
public static class TownFeedServices
{
    /// <summary>
    /// An <see cref="ITownDirectory"/> that follows the registry, which is reached by the <see cref="HttpClient"/> named
    /// <see cref="AppIds.Registry"/>. The start waits for its first answer (<see cref="RegistryFeedOptions"/>).
    /// </summary>
    public static IServiceCollection AddTownFeed(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TownDirectory>();
        services.TryAddSingleton<ITownDirectory>(provider => provider.GetRequiredService<TownDirectory>());
        services.AddOptions<RegistryFeedOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TownCache>();
        services.AddSingleton<RegistryFeed>();
        return services.AddHostedService(provider => provider.GetRequiredService<RegistryFeed>());
    }
}
