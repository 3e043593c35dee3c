using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SmartCity.Transit.Departures;

internal static class DepartureFeature
{
    public static void AddDepartures(this IServiceCollection services)
    {
        services.TryAddSingleton<IDepartureOverlay, TimetableOnly>();
        services.AddSingleton<BoardWriter>();
    }
}
