using System.Net;
using SmartCity.Registry.Access;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Data;
using SmartCity.Registry.Devices;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Files;
using SmartCity.Registry.Grants;
using SmartCity.Registry.Keys;
using SmartCity.Registry.Planning;
using SmartCity.Registry.Seeding;
using SmartCity.Registry.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Registry;

/// <summary>Every registration of the service.</summary>
internal static class RegistryServices
{
    public static void AddRegistry(WebApplicationBuilder builder)
    {
        var services = builder.Services;

        // First the database: what follows reads it when it starts.
        builder.AddCityDatabase<RegistryDbContext>(allowOwn: false);
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

        services.AddOptions<DeviceMqttOptions>().BindConfiguration("Registry:Mqtt").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyFeed>());
        services.AddSingleton<IRegistryParticipant, KeyParticipant>();
        services.AddSingleton<InstallerCode>();
        services.AddScoped<KeyDesk>();
        services.AddScoped<ExternalBroker>();
        services.AddScoped<DeviceDesk>();

        services.AddOptions<InstallationOptions>().BindConfiguration("Registry");
        services.AddSingleton<InstalledServices>();
        services.AddSingleton<Holdings>();
        services.AddSingleton<NameResolver>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<TargetReview>();
        services.AddSingleton<Planner>();
        services.AddScoped<FileReview>();
        services.AddScoped<ChangeDesk>();
        services.AddScoped<ChangeDecisions>();
        services.AddScoped<Registrar>();

        services.AddOptions<ExchangeOptions>().BindConfiguration("Exchange");
        services.AddSingleton(ExchangeWording.Load());
        services.AddSingleton<ExchangeSigner>();
        services.AddScoped<ExchangeChain>();
        services.AddScoped<ExchangeDesk>();
        services.AddScoped<IRefusalRecorder, RefusalRecorder>();
        services.AddHostedService<SealingService>();
        services.AddScoped<GrantDesk>();
        services.AddSingleton<IGrantDirectory, StoredGrants>();
    }
}
