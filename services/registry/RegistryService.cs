using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Registry;

/// <summary>The registry service: municipalities, their services, devices and keys, and who agreed to what.</summary>
public static class RegistryService
{
    public static CityService Definition { get; } = new(AppIds.Registry, RegistryServices.AddRegistry, RegistryApi.MapRegistry);
}
