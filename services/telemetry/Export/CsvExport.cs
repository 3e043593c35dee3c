using System.Globalization;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Export;

/// <summary>Readings or buckets as CSV, in the columns that <c>smartcity replay</c> and <c>smartcity rules test</c> read.</summary>
internal static class CsvExport
{
    private static readonly string[] ReadingColumns = ["municipality", "device", "metric", "t", "value", "unit"];

    // The value of a bucket is its mean.
    private static readonly string[] BucketColumns = ["municipality", "device", "metric", "t", "value", "unit", "minimum", "maximum", "count", "last", "widthSeconds"];

    public static async Task WriteReadingsAsync(
        CsvWriter csv, IReadingStore store, IReadOnlyList<SeriesKey> series, ExportQuery query, CancellationToken cancellationToken)
    {
        csv.WriteRow(ReadingColumns);
        await foreach (var (one, point) in store.ReadAsync(series, query.From, query.To, cancellationToken))
        {
            csv.WriteRow(
                query.Town.Code, query.Device, one.Metric, CsvWriter.Text(UnixMicroseconds.ToTime(point.T)), CsvWriter.Text(point.Value), MetricUnits.Of(one.Metric));
            await csv.SendFullAsync(cancellationToken);
        }

        await csv.SendAsync(cancellationToken);
    }

    public static async Task WriteBucketsAsync(
        CsvWriter csv, IReadingStore store, IReadOnlyList<SeriesKey> series, ExportQuery query, CancellationToken cancellationToken)
    {
        var width = query.Buckets!.WidthSeconds.ToString(CultureInfo.InvariantCulture);
        csv.WriteRow(BucketColumns);
        await foreach (var (metric, start, rollup) in BucketRows.ReadAsync(store, series, query, cancellationToken))
        {
            csv.WriteRow(
                query.Town.Code, query.Device, metric, CsvWriter.Text(UnixMicroseconds.ToTime(start)), Text(rollup?.Mean), MetricUnits.Of(metric),
                Text(rollup?.Minimum), Text(rollup?.Maximum), rollup?.Count.ToString(CultureInfo.InvariantCulture) ?? "0", Text(rollup?.Last), width);
            await csv.SendFullAsync(cancellationToken);
        }

        await csv.SendAsync(cancellationToken);
    }

    private static string Text(double? value) => value is { } given ? CsvWriter.Text(given) : "";
}
