using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.OpenData;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Export;

/// <summary>
/// Any span of a device's readings as a file, written as it is read, so that its length costs no memory. A fault on the way
/// breaks the connection: a file that ends properly is whole.
/// </summary>
internal static class ExportHandlers
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(24);

    /// <param name="encoding"><c>utf-8</c>, <c>utf-8-bom</c> (which office software recognises) or <c>shift_jis</c>.</param>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetCsvAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, TimeProvider clock, string id, CancellationToken cancellationToken,
        string? metric = null, QueryTime? from = null, QueryTime? to = null, string? bucket = null, string? fill = null, string? encoding = null)
    {
        if (!CsvEncoding.TryParse(encoding, out var csv, out var refusal)
            || !TryQuery(http, clock.GetUtcNow(), (id, metric, bucket, fill), from, to, out var query, out refusal))
        {
            return refusal;
        }

        var series = await database.SeriesOfAsync(id, metric, cancellationToken);
        FileHeaders.Set(http, $"{NameOf(query)}.csv", csv, OpenDataSettings.Of(query.Town), await UpdatedAsync(query, database, stores, cancellationToken));
        var writer = new CsvWriter(http.Response, csv);
        var store = stores.OfTown(query.Town.Code);
        await (query.Buckets is null
            ? CsvExport.WriteReadingsAsync(writer, store, series, query, cancellationToken)
            : CsvExport.WriteBucketsAsync(writer, store, series, query, cancellationToken));
        return TypedResults.Empty;
    }

    /// <param name="fill"><c>gaps</c> gives buckets without a reading an item of their own, with nulls.</param>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetJsonAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, TimeProvider clock, string id, CancellationToken cancellationToken,
        string? metric = null, QueryTime? from = null, QueryTime? to = null, string? bucket = null, string? fill = null)
    {
        if (!TryQuery(http, clock.GetUtcNow(), (id, metric, bucket, fill), from, to, out var query, out var refusal))
        {
            return refusal;
        }

        var series = await database.SeriesOfAsync(id, metric, cancellationToken);
        var updated = await UpdatedAsync(query, database, stores, cancellationToken);
        FileHeaders.Set(http, $"{NameOf(query)}.json", "application/json; charset=utf-8", OpenDataSettings.Of(query.Town), updated);
        await using var answer = new JsonAnswer(http.Response);
        await JsonExport.WriteAsync(answer, stores.OfTown(query.Town.Code), series, query, updated, cancellationToken);
        return TypedResults.Empty;
    }

    private static bool TryQuery(
        HttpContext http, DateTimeOffset now, (string Id, string? Metric, string? Bucket, string? Fill) asked, QueryTime? from, QueryTime? to,
        [NotNullWhen(true)] out ExportQuery? query, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        var town = http.CurrentTown();
        query = null;
        refusal = null;
        var resolution = Resolution.All.FirstOrDefault(one => one.Name == asked.Bucket);
        var end = Within(to?.Value ?? now, now);
        var start = Within(from?.Value ?? (end - DefaultSpan), now);
        if (town.Devices.All(device => device.Id != asked.Id))
        {
            refusal = DeviceHandlers.UnknownDevice(town, asked.Id);
        }
        else if (asked.Bucket is not null && resolution is null)
        {
            refusal = Problem.BadRequest("bucket-malformed", "There is no such bucket width.", $"bucket is {string.Join(", ", Resolution.All.Select(one => one.Name))}.");
        }
        else if (asked.Fill is not (null or "gaps") || (asked.Fill is not null && resolution is null))
        {
            refusal = Problem.BadRequest("fill-malformed", "Gaps can be shown between buckets only.", "Give fill=gaps together with bucket, or leave it out.");
        }
        else if (end <= start)
        {
            refusal = Problem.BadRequest("span-empty", "The span ends before it begins.", "Give from before to.");
        }
        else
        {
            // Without an end, up to whatever is newest: a device's clock may be a little ahead.
            var until = to is null && resolution is null ? end.AddDays(1) : end;
            query = new ExportQuery(town, asked.Id, asked.Metric, UnixMicroseconds.From(start), UnixMicroseconds.From(until), resolution, asked.Fill is not null);
            refusal = query.IsTooLong
                ? Problem.BadRequest("span-too-long", "There are too many buckets to show their gaps.", $"Ask for at most {ExportQuery.MostBucketsWithGaps} of them at once, or for wider ones.")
                : null;
        }

        return refusal is null && query is not null;
    }

    // Readings are of no other times, and looking through millennia of empty buckets would keep the database busy for nothing.
    private static DateTimeOffset Within(DateTimeOffset time, DateTimeOffset now)
        => time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time > now.AddDays(1) ? now.AddDays(1) : time;

    private static async Task<DateTimeOffset?> UpdatedAsync(ExportQuery query, TelemetryDb database, TelemetryStores stores, CancellationToken cancellationToken)
    {
        var device = query.Town.Devices.First(device => device.Id == query.Device);
        var view = (await DeviceHandlers.ViewsOf(query.Town, [device], database, stores, cancellationToken))[0];
        var times = view.Latest.Where(entry => query.Metric is null || entry.Key == query.Metric).Select(entry => entry.Value.T).ToList();
        return times.Count == 0 ? null : times.Max();
    }

    private static string NameOf(ExportQuery query) => $"{query.Town.Code}-{query.Device}{(query.Buckets is { } buckets ? "-" + buckets.Name : "")}";
}
