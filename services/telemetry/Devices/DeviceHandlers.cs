using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Devices;

internal static class DeviceHandlers
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1000;

    /// <summary>The town's registered devices by id, with their newest values.</summary>
    public static async Task<Results<Ok<Page<DeviceView>>, ProblemHttpResult>> ListAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, CancellationToken cancellationToken, string? after = null, string? limit = null)
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
        return TypedResults.Ok(new Page<DeviceView>(await ViewsOf(http.CurrentTown(), page, database, stores, cancellationToken), next));
    }

    public static async Task<Results<Ok<DeviceView>, ProblemHttpResult>> GetAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, string id, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        if (town.Devices.FirstOrDefault(device => device.Id == id) is not { } device)
        {
            return UnknownDevice(town, id);
        }

        return TypedResults.Ok((await ViewsOf(town, [device], database, stores, cancellationToken))[0]);
    }

    public static ProblemHttpResult UnknownDevice(Town town, string id)
        => Problem.NotFound("unknown-device", "This device is not registered.", $"'{id}' is not among the devices of {town.Code}.");

    /// <summary>Devices of the town at hand with their newest values, what has not settled among them.</summary>
    public static async Task<List<DeviceView>> ViewsOf(
        Town town, IReadOnlyList<Device> devices, TelemetryDb database, TelemetryStores stores, CancellationToken cancellationToken)
    {
        // What is in memory first: what moves into the tables meanwhile is told apart by its generation and its time.
        var store = stores.OfTown(town.Code);
        var news = await NewsOf(town, devices, store, cancellationToken);
        var ids = devices.Select(device => device.Id).ToList();
        var states = await database.DeviceStates.AsNoTracking().Where(row => ids.Contains(row.Device)).ToDictionaryAsync(row => row.Device, cancellationToken);
        var series = await database.Series.AsNoTracking().Where(row => ids.Contains(row.Device)).ToListAsync(cancellationToken);
        var byDevice = series.ToLookup(row => row.Device, StringComparer.Ordinal);
        // And once more: a commit whose counts were in the tables just now may have come after the first look.
        await store.CatchUpAsync(cancellationToken);
        var later = await NewsOf(town, devices, store, cancellationToken);
        return [.. devices.Select(device => ViewOf(town, device, states.GetValueOrDefault(device.Id), byDevice[device.Id], news[device.Id], later[device.Id]))];
    }

    private static async Task<Dictionary<string, DeviceNews?>> NewsOf(Town town, IReadOnlyList<Device> devices, ITelemetryStore store, CancellationToken cancellationToken)
    {
        var news = new Dictionary<string, DeviceNews?>(StringComparer.Ordinal);
        foreach (var device in devices)
        {
            news[device.Id] = await store.NewsOfAsync(town.Code, device.Id, cancellationToken);
        }

        return news;
    }

    private static DeviceView ViewOf(Town town, Device device, DeviceState? state, IEnumerable<Series> series, DeviceNews? news, DeviceNews? later)
    {
        var latest = series.Where(row => row.LastT is not null)
            .ToDictionary(row => row.Metric, row => new ReadingView(row.LastT!.Value, row.LastValue!.Value), StringComparer.Ordinal);
        foreach (var (metric, (t, value)) in new[] { news, later }.OfType<DeviceNews>().SelectMany(one => one.Latest))
        {
            if (!latest.TryGetValue(metric, out var known) || UnixMicroseconds.From(known.T) < t)
            {
                latest[metric] = new ReadingView(UnixMicroseconds.ToTime(t), value);
            }
        }

        var pending = news?.Accepted.Where(entry => entry.Generation > (state?.Generation ?? 0)).Select(entry => entry.Activity).ToArray() ?? [];
        var lastSeen = pending.Select(activity => activity.LastSeen).Append(state?.LastSeen is { } seen ? UnixMicroseconds.From(seen) : 0).Max();
        var skew = news?.SkewMicroseconds ?? state?.ClockSkewMicroseconds;
        return new DeviceView
        {
            Id = device.Id,
            Municipality = town.Code,
            Name = device.Name,
            Kind = device.Kind,
            LatitudeDegrees = device.LatitudeDegrees,
            LongitudeDegrees = device.LongitudeDegrees,
            Latest = latest,
            LastSeen = lastSeen > 0 ? UnixMicroseconds.ToTime(lastSeen) : null,
            ConnectionStatus = state?.ConnectionStatus,
            AcceptedCount = (state?.AcceptedCount ?? 0) + pending.Sum(activity => activity.Accepted),
            RefusedCount = state?.RefusedCount ?? 0,
            LastError = state?.LastErrorCode is { } code ? new DeviceErrorView(code, state.LastErrorMessage ?? "", state.LastErrorAt!.Value) : null,
            ClockSkewSeconds = skew / 1e6,
        };
    }
}
