using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Orleans;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Fleet;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Devices;

internal static class DeviceHandlers
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1000;

    /// <summary>The town's registered devices with their newest values: by id, or the worst first.</summary>
    public static async Task<Results<Ok<FoundDevices>, ProblemHttpResult>> ListAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, IGrainFactory grains, TimeProvider clock, CancellationToken cancellationToken,
        string? after = null, string? limit = null, string? search = null, string? kind = null, string? health = null, string? order = null, SearchBox? within = null)
    {
        if (!PageLimit.TryParse(limit, DefaultLimit, MaximumLimit, out var take, out var refusal)
            || !OneOf("health", health, DeviceSearch.Healths, out refusal) || !OneOf("order", order, DeviceSearch.Orders, out refusal))
        {
            return refusal;
        }

        var town = http.CurrentTown();
        var asked = new DeviceSearch(search, kind, health?.ToLowerInvariant(), order?.ToLowerInvariant(), within);
        var judge = await JudgeAsync(town, grains, clock);
        var found = await asked.FindAsync(town, judge, database, stores.OfTown(town.Code), cancellationToken);
        var start = asked.StartOf(found, after);
        var page = found.Skip(start).Take(take).ToList();
        var views = await ViewsOf(town, page, database, stores, cancellationToken);
        return TypedResults.Ok(new FoundDevices([.. views.Select(judge.Judge)], asked.NextOf(found, start, page.Count), found.Count));
    }

    public static async Task<Results<Ok<DeviceView>, ProblemHttpResult>> GetAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, IGrainFactory grains, TimeProvider clock, string id, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        if (town.Devices.FirstOrDefault(device => device.Id == id) is not { } device)
        {
            return UnknownDevice(town, id);
        }

        var judge = await JudgeAsync(town, grains, clock);
        return TypedResults.Ok(judge.Judge((await ViewsOf(town, [device], database, stores, cancellationToken))[0]));
    }

    public static ProblemHttpResult UnknownDevice(Town town, string id)
        => Problem.NotFound("unknown-device", "This device is not registered.", $"'{id}' is not among the devices of {town.Code}.");

    private static async Task<DeviceHealth> JudgeAsync(Town town, IGrainFactory grains, TimeProvider clock)
        => new(town, await grains.GetGrain<IFleetGrain>(town.Code).GetStandingAsync(), clock.GetUtcNow());

    private static bool OneOf(string name, string? value, IReadOnlyList<string> known, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        refusal = string.IsNullOrEmpty(value) || known.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? null
            : Problem.BadRequest(name + "-unknown", "The list cannot be asked for that.", $"{name} is one of: {string.Join(", ", known)}.");
        return refusal is null;
    }

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
