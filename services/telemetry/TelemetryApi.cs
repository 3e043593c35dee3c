using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Commands;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.Export;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.NgsiLd;
using SmartCity.Telemetry.OpenData;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.Streaming;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry;

internal static class TelemetryApi
{
    public static void MapTelemetry(WebApplication app)
    {
        app.MapHoldings<Holdings>(Holdings.CountAsync);

        // Measurements of rivers and weather are open data: reading them needs no account.
        var devices = app.MapTownGroup(AppIds.Telemetry).MapGroup("/devices").WithTags("Devices");
        devices.MapGet("/", DeviceHandlers.ListAsync);
        devices.MapGet("/{id}", DeviceHandlers.GetAsync);
        devices.MapGet("/{id}/readings", ReadingHandlers.ListAsync);
        devices.MapGet("/{id}/readings.csv", ExportHandlers.GetCsvAsync).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        devices.MapGet("/{id}/readings.json", ExportHandlers.GetJsonAsync).Produces(StatusCodes.Status200OK, contentType: "application/json");
        app.MapTownGroup(AppIds.Telemetry).MapGroup("/fleet").WithTags("Fleet").MapGet("/", FleetHandlers.GetAsync);
        app.MapTownGroup(AppIds.Telemetry).WithTags("Live").MapGet("/stream", StreamHandlers.GetAsync);

        var open = app.MapTownGroup(AppIds.Telemetry).WithTags("Open data");
        open.MapGet("/map.geojson", MapHandlers.GetAsync).Produces(StatusCodes.Status200OK, contentType: GeoJson.MediaType);
        open.MapGet("/open-data/latest.geojson", MapHandlers.GetAsync).Produces(StatusCodes.Status200OK, contentType: GeoJson.MediaType);
        open.MapGet("/open-data/devices.geojson", MapHandlers.GetPlacesAsync).Produces(StatusCodes.Status200OK, contentType: GeoJson.MediaType);
        open.MapGet("/open-data/devices.csv", TownFiles.GetDevicesAsync).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        open.MapGet("/open-data/latest.csv", TownFiles.GetLatestAsync).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        app.MapNgsiLd();

        // What devices are told, and who told them, is the staff's.
        var staff = app.MapTownGroup(AppIds.Telemetry);
        staff.MapTwins();
        staff.MapCommands();
        app.MapServiceCommands();
    }
}
