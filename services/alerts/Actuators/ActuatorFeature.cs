using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Actuators;

/// <summary>Sirens and signs that follow alerts by themselves, where the town's manifest says so.</summary>
internal static class ActuatorFeature
{
    public static void AddActuators(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ActuatorOptions>().BindConfiguration(ActuatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddServiceClient(AppIds.Telemetry);
        services.AddSingleton<TelemetryCommands>();
        services.AddScoped<SecondOfficers>();
        services.AddScoped<ActuatorPlanner>();
        services.AddScoped<ActuatorEnds>();
        services.AddScoped<ActuatorSender>();
        services.AddHostedService<ActuatorRunner>();
    }
}
