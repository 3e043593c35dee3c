using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Export;

namespace SmartCity.Telemetry.OpenData;

/// <summary>A town's devices and newest values as CSV files, for its open-data catalogue.</summary>
internal static class TownFiles
{
    private static readonly string[] DeviceColumns =
        ["municipality", "device", "kind", "name", "name_en", "latitude", "longitude", "licence", "attribution"];

    // The first five are those of an export, so that the newest values can be replayed too.
    private static readonly string[] LatestColumns =
        ["municipality", "device", "metric", "t", "value", "unit", "kind", "name", "latitude", "longitude", "licence", "attribution"];

    /// <summary>Which devices there are, and where.</summary>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetDevicesAsync(HttpContext http, CancellationToken cancellationToken, string? encoding = null)
    {
        if (!CsvEncoding.TryParse(encoding, out var csv, out var refusal))
        {
            return refusal;
        }

        var town = http.CurrentTown();
        var terms = OpenDataSettings.Of(town);
        var writer = new CsvWriter(http.Response, csv);
        FileHeaders.Set(http, $"devices-{town.Code}.csv", csv, terms, updated: null);
        writer.WriteRow(DeviceColumns);
        foreach (var device in InOrder(town))
        {
            writer.WriteRow(
                town.Code, device.Id, device.Kind, device.Name.In("ja"), device.Name.In("en"), Number(device.LatitudeDegrees), Number(device.LongitudeDegrees),
                terms.Licence ?? "", terms.Attribution);
            await writer.SendFullAsync(cancellationToken);
        }

        await writer.SendAsync(cancellationToken);
        return TypedResults.Empty;
    }

    /// <summary>The newest value of each metric of each device.</summary>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetLatestAsync(
        HttpContext http, TownReport report, CancellationToken cancellationToken, string? encoding = null)
    {
        if (!CsvEncoding.TryParse(encoding, out var csv, out var refusal))
        {
            return refusal;
        }

        var town = http.CurrentTown();
        var terms = OpenDataSettings.Of(town);
        var writer = new CsvWriter(http.Response, csv);
        FileHeaders.Set(http, $"latest-{town.Code}.csv", csv, terms, updated: null);
        writer.WriteRow(LatestColumns);
        await foreach (var one in report.ReadAsync(town, InOrder(town), cancellationToken))
        {
            foreach (var (metric, reading) in one.View.Latest.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteRow(
                    town.Code, one.Device.Id, metric, CsvWriter.Text(reading.T), CsvWriter.Text(reading.Value), MetricUnits.Of(metric), one.Device.Kind,
                    one.Device.Name.In("ja"), Number(one.Device.LatitudeDegrees), Number(one.Device.LongitudeDegrees), terms.Licence ?? "", terms.Attribution);
            }

            await writer.SendFullAsync(cancellationToken);
        }

        await writer.SendAsync(cancellationToken);
        return TypedResults.Empty;
    }

    private static IEnumerable<Device> InOrder(Town town) => town.Devices.OrderBy(device => device.Id, StringComparer.Ordinal);

    private static string Number(double? degrees) => degrees?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
