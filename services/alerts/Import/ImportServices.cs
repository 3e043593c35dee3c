using SmartCity.Alerts.Import.Feeds;

namespace SmartCity.Alerts.Import;

internal static class ImportServices
{
    public static void AddForeignAlerts(this IServiceCollection services)
    {
        services.AddSingleton<ForeignView>();
        services.AddScoped<ForeignLedger>();
        services.AddScoped<ForeignChains>();
        services.AddScoped<ForeignAlertDesk>();
        services.AddCapFeeds();
    }
}
