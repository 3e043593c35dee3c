using SmartCity.Alerts.Reports.Facts;
using SmartCity.Alerts.Reports.Writing;

namespace SmartCity.Alerts.Reports;

/// <summary>After-action reports.</summary>
internal static class ReportServices
{
    public static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton(ReportWording.Load());
        // Each report counts for itself, so none of these is shared.
        services.AddTransient<MessageHistory>();
        services.AddTransient<DeliveryFacts>();
        services.AddTransient<TownFacts>();
        services.AddTransient<ReportReader>();
    }
}
