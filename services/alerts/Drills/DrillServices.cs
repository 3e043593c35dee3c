namespace SmartCity.Alerts.Drills;

/// <summary>Drills, from plan to report.</summary>
internal static class DrillServices
{
    public static void AddDrills(this IServiceCollection services)
    {
        services.AddOptions<DrillOptions>().BindConfiguration(DrillOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<DrillDesk>();
        services.AddScoped<DrillStage>();
        services.AddScoped<DrillPlay>();
        services.AddHostedService<DrillRunner>();
    }
}
