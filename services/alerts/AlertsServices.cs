using SmartCity.Alerts.Actuators;
using SmartCity.Alerts.Alarms;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Jma;
using SmartCity.Alerts.Reading;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Safety;
using SmartCity.Alerts.Shelters.Import;
using SmartCity.Alerts.Streaming;
using SmartCity.Alerts.Targeting;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts;

/// <summary>Every registration of the service.</summary>
internal static class AlertsServices
{
    public static void AddAlerts(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // First the database: what follows reads it when it starts.
        builder.AddCityDatabase<AlertDbContext>();
        builder.AddCityMessaging<AlertDbContext>();
        builder.AddCityExchange(AppIds.Alerts);
        builder.AddFieldCipher();

        services.AddSingleton<AlertMetrics>();
        services.AddSingleton(WordingCatalog.Load());
        services.AddSingleton<RuleContent>();
        services.AddSingleton<AlertComposer>();
        services.AddScoped<AlertIssuer>();
        services.AddScoped<CancelDesk>();
        services.AddScoped<UpdateDesk>();
        services.AddScoped<ActiveAlerts>();
        services.AddSingleton<AreasInForce>();

        services.AddScoped<ThresholdHandler>();
        services.AddScoped<IncidentDesk>();
        services.AddScoped<DraftBook>();
        services.AddScoped<DraftDesk>();
        services.AddScoped<DraftMessage>();
        services.AddAlarms();
        services.AddForeignAlerts();

        services.AddJma();

        // What writes to open streams never blocks its thread, so the sockets need no other one.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        services.AddSingleton<AlertFeeds>();
        services.AddSingleton<CommitSignals>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertFeeds>());
        services.AddDelivery();
        builder.AddActuators();
        services.AddReports();
        services.AddDrills();
        services.AddHostedService<ShelterLoader>();
        services.AddHostedService<Rehearsal>();
        builder.AddSafety();
    }
}
