using SmartCity.Telemetry.Commands;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Downlink;

/// <summary>Registers what goes to devices: commands and twins.</summary>
internal static class DownlinkServices
{
    public static void AddDownlink(IServiceCollection services)
    {
        services.AddOptions<DownlinkOptions>().BindConfiguration("Downlink").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CommandOptions>().BindConfiguration("Commands").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DownlinkConnection>();
        services.AddSingleton<AnswerReader>();
        services.AddSingleton<CommandMetrics>();
        services.AddSingleton<DownlinkLanes>();
        services.AddHostedService(provider => provider.GetRequiredService<DownlinkLanes>());
        services.AddScoped<CommandDesk>();
        services.AddScoped<CommandOutbox>();
        services.AddScoped<CommandExpiry>();
        services.AddScoped<CommandResults>();
        services.AddScoped<TwinDesk>();
        services.AddScoped<TwinOutbox>();
        services.AddScoped<TwinReports>();
        services.AddHealthChecks().AddCheck<DownlinkCheck>("mqtt-downlink");
    }
}
