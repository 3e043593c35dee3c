using SmartCity.Registry.Access;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Devices;
using SmartCity.Registry.Files;
using SmartCity.Registry.Keys;
using SmartCity.Registry.Manifests;
using SmartCity.Registry.Towns;

namespace SmartCity.Registry;

/// <summary>Every endpoint of the service.</summary>
internal static class RegistryApi
{
    public static void MapRegistry(WebApplication app)
    {
        // For the other services, through their sidecars.
        app.MapTownFeed();
        app.MapKeyFeed();

        var registry = app.MapGroup("/api/registry");
        registry.MapDirectory();
        registry.MapChanges();

        var town = registry.MapRegistryTown();
        var stewards = town.MapGroup("").RequireAuthorization(RegistryPolicies.Stewards).WithTags("municipality");
        stewards.MapManifests();
        stewards.MapFiles();
        stewards.MapDevices();
    }
}
