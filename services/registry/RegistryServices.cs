using SmartCity.Registry.Access;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Data;
using SmartCity.Registry.Files;
using SmartCity.Registry.Planning;
using SmartCity.Registry.Seeding;
using SmartCity.Registry.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Registry;

/// <summary>Every registration of the service.</summary>
internal static class RegistryServices
{
    public static void AddRegistry(WebApplicationBuilder builder)
    {
        var services = builder.Services;

        // First the database: what follows reads it when it starts.
        builder.AddCityDatabase<RegistryDbContext>();
        builder.AddCityMessaging<RegistryDbContext>();
        services.AddRegistryPolicies();

        services.AddOptions<SeedOptions>().BindConfiguration("Registry:Seed");
        services.AddHostedService<Seeder>();
        services.AddSingleton<TownFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<TownFeed>());

        foreach (var service in Holdings.Services)
        {
            builder.AddServiceClient(service);
        }

        services.AddSingleton<Holdings>();
        services.AddSingleton<TargetReview>();
        services.AddSingleton<Planner>();
        services.AddScoped<FileReview>();
        services.AddScoped<ChangeDesk>();
        services.AddScoped<ChangeDecisions>();
        services.AddScoped<Registrar>();
    }
}
