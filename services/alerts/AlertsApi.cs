using SmartCity.Alerts.Alarms;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Import.Feeds;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Reading;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Safety;
using SmartCity.Alerts.Shelters;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts;

/// <summary>Every endpoint of the service.</summary>
internal static class AlertsApi
{
    public static void MapAlerts(WebApplication app)
    {
        // Events from the sidecar.
        app.UseCloudEvents();
        app.MapSubscribeHandler();
        app.MapThresholdEvents();
        app.MapSilenceEvents();
        app.MapHoldings<AlertDbContext>(Holdings.CountAsync);

        var town = app.MapTownGroup(AppIds.Alerts).WithTags(AppIds.Alerts);
        town.MapAlertReading();
        town.MapHistory();
        town.MapStream();
        town.MapCancel();
        town.MapUpdate();
        town.MapDrafts();
        town.MapAlarms();
        town.MapCapImport();
        town.MapCapFeeds();
        town.MapShelters();
        town.MapJma();
        town.MapSafety();
        town.MapDelivery();
        town.MapReports();
        town.MapDrills();
    }
}
