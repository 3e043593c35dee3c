using SmartCity.Engine;
using SmartCity.Transit.Realtime;

namespace SmartCity.Transit;

/// <summary>Every registration of the service.</summary>
internal static class TransitServices
{
    public static void AddTransit(WebApplicationBuilder builder)
    {
        builder.AddCityGrains();
        builder.AddRealtime();
    }
}
