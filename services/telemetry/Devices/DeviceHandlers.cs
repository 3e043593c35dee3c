using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Devices;

internal static class DeviceHandlers
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1000;

    /// <summary>The town's registered devices by id, with their newest values.</summary>
    public static async Task<Results<Ok<Page<DeviceView>>, ProblemHttpResult>> ListAsync(
        HttpContext http, TelemetryDb database, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (!PageLimit.TryParse(limit, DefaultLimit, MaximumLimit, out var take, out var refusal))
        {
            return refusal;
        }

        var devices = http.CurrentTown().Devices
            .OrderBy(device => device.Id, StringComparer.Ordinal)
            .Where(device => after is null || string.CompareOrdinal(device.Id, after) > 0)
            .Take(take + 1)
            .ToList();
        var next = devices.Count > take ? devices[take - 1].Id : null;
        var page = devices.Take(take).ToList();
        var ids = page.Select(device => device.Id).ToList();
        var states = await database.DeviceStates.AsNoTracking().Where(row => ids.Contains(row.Device)).ToDictionaryAsync(row => row.Device, cancellationToken);
        var series = await database.Series.AsNoTracking().Where(row => ids.Contains(row.Device)).ToListAsync(cancellationToken);
        var byDevice = series.ToLookup(row => row.Device, StringComparer.Ordinal);
        return TypedResults.Ok(new Page<DeviceView>(
            page.ConvertAll(device => ViewOf(http.CurrentTown(), device, states.GetValueOrDefault(device.Id), byDevice[device.Id])), next));
    }

    public static async Task<Results<Ok<DeviceView>, ProblemHttpResult>> GetAsync(
        HttpContext http, TelemetryDb database, string id, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        if (town.Devices.FirstOrDefault(device => device.Id == id) is not { } device)
        {
            return UnknownDevice(town, id);
        }

        var state = await database.DeviceStates.AsNoTracking().SingleOrDefaultAsync(row => row.Device == id, cancellationToken);
        var series = await database.Series.AsNoTracking().Where(row => row.Device == id).ToListAsync(cancellationToken);
        return TypedResults.Ok(ViewOf(town, device, state, series));
    }

    public static ProblemHttpResult UnknownDevice(Town town, string id)
        => Problem.NotFound("unknown-device", "This device is not registered.", $"'{id}' is not among the devices of {town.Code}.");

    private static DeviceView ViewOf(Town town, Device device, DeviceState? state, IEnumerable<Series> series) => new()
    {
        Id = device.Id,
        Municipality = town.Code,
        Name = device.Name,
        Kind = device.Kind,
        LatitudeDegrees = device.LatitudeDegrees,
        LongitudeDegrees = device.LongitudeDegrees,
        Latest = series.Where(row => row.LastT is not null)
            .ToDictionary(row => row.Metric, row => new ReadingView(row.LastT!.Value, row.LastValue!.Value), StringComparer.Ordinal),
        LastSeen = state?.LastSeen,
        ConnectionStatus = state?.ConnectionStatus,
        AcceptedCount = state?.AcceptedCount ?? 0,
        RefusedCount = state?.RefusedCount ?? 0,
        LastError = state?.LastErrorCode is { } code ? new DeviceErrorView(code, state.LastErrorMessage ?? "", state.LastErrorAt!.Value) : null,
    };
}
