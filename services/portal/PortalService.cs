using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Portal;

/// <summary>The web pages, for its own process, the one-machine host and the tests alike.</summary>
public static class PortalService
{
    public static CityService Definition { get; } = new(AppIds.Portal, PortalServices.AddPortal, PortalPages.MapPortal);
}
