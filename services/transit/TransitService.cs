using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Transit;

/// <summary>The transit service, for its own process, the one-machine host and tests.</summary>
public static class TransitService
{
    public static CityService Definition { get; } = new(AppIds.Transit, TransitServices.AddTransit, TransitApi.MapTransit);
}
