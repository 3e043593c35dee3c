using SmartCity.Registry.Access;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Devices;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Files;
using SmartCity.Registry.Grants;
using SmartCity.Registry.Keys;
using SmartCity.Registry.Manifests;
using SmartCity.Registry.Towns;

namespace SmartCity.Registry;

/// <summary>Every endpoint of the service.</summary>
internal static class RegistryApi
{
    public static void MapRegistry(WebApplication app)
    {
        // Events from the sidecar.
        app.UseCloudEvents();
        app.MapSubscribeHandler();
        app.MapExchangeEvents();

        // For the other services, through their sidecars.
        app.MapTownFeed();
        app.MapKeyFeed();
        app.MapGrantLookup();

        var registry = app.MapGroup("/api/registry");
        registry.MapDirectory();
        registry.MapChanges();

        var town = registry.MapRegistryTown();
        registry.MapExchange(town);
        town.MapGrants();
        var stewards = town.MapGroup("").RequireAuthorization(RegistryPolicies.Stewards).WithTags("municipality");
        stewards.MapManifests();
        stewards.MapFiles();
        stewards.MapDevices();
    }
}
