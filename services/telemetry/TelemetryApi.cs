using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.Streaming;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry;

internal static class TelemetryApi
{
    public static void MapTelemetry(WebApplication app)
    {
        app.MapHoldings<TelemetryStores>(Holdings.CountAsync);

        // Measurements of rivers and weather are open data: reading them needs no account.
        var devices = app.MapTownGroup(AppIds.Telemetry).MapGroup("/devices").WithTags("Devices");
        devices.MapGet("/", DeviceHandlers.ListAsync);
        devices.MapGet("/{id}", DeviceHandlers.GetAsync);
        devices.MapGet("/{id}/readings", ReadingHandlers.ListAsync);
        app.MapTownGroup(AppIds.Telemetry).MapGroup("/fleet").WithTags("Fleet").MapGet("/", FleetHandlers.GetAsync);
        app.MapTownGroup(AppIds.Telemetry).WithTags("Live").MapGet("/stream", StreamHandlers.GetAsync);
    }
}
