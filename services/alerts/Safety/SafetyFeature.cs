using SmartCity.Alerts.Safety.Limits;
using SmartCity.Alerts.Safety.Opening;
using SmartCity.Alerts.Safety.Reports;
using SmartCity.Alerts.Safety.Rescue;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Safety;

/// <summary>Safety checks (安否確認) and the rescue list.</summary>
internal static class SafetyFeature
{
    public static void AddSafety(this WebApplicationBuilder builder)
    {
        builder.AddFieldCipher();
        var services = builder.Services;
        services.AddOptions<SafetyOptions>().BindConfiguration(SafetyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Attempts>();
        services.AddSingleton<SafetySecrets>();
        services.AddSingleton<PersonalBox>();
        services.AddScoped<SafetyDoor>();
        services.AddScoped<SafetyDesk>();
        services.AddScoped<RescueList>();
        services.AddScoped<RescueDesk>();
        services.AddScoped<SafetyEraser>();
        services.AddHostedService<SafetyCleaner>();
    }

    public static void MapSafety(this IEndpointRouteBuilder town)
    {
        var safety = town.MapGroup("/safety-check");
        safety.MapChecks();
        safety.MapReports();
        safety.MapRescue();
    }
}
