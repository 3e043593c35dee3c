using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Where a service learns of its towns: from the registry, or from a fixed file when it runs alone.</summary>
internal static class TownSources
{
    public const string RegionFile = "Region:File";

    public static void AddTowns(this WebApplicationBuilder builder, string appId)
    {
        var services = builder.Services;
        services.AddScoped<TownScope>();
        services.AddSingleton<TownDirectory>();
        services.AddSingleton<ITownDirectory>(provider => provider.GetRequiredService<TownDirectory>());
        if (builder.Configuration[RegionFile] is { Length: > 0 } file)
        {
            services.AddSingleton<ITownFiles, RegionTownFiles>();
            services.AddSingleton(_ => new TownDirectory(Towns.RegionFile.Load(file).Municipalities));
        }
        else if (appId != AppIds.Registry)
        {
            // The registry itself reads its own database.
            builder.AddServiceClient(AppIds.Registry);
            services.AddOptions<RegistryFeedOptions>().BindConfiguration("Registry");
            services.AddTownFeed();
            services.AddSingleton<ITownFiles, RegistryTownFiles>();
            services.AddHealthChecks().AddCheck<RegistryFeedCheck>("towns");
        }
    }
}
