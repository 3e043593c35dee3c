namespace SmartCity.Alerts.Alarms;

internal static class AlarmFeature
{
    public static void AddAlarms(this IServiceCollection services)
    {
        services.AddOptions<AlarmOptions>().BindConfiguration(AlarmOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<AlarmBook>();
        services.AddScoped<AlarmDesk>();
        services.AddScoped<SilenceHandler>();
        services.AddHostedService<AlarmCleaner>();
    }
}
