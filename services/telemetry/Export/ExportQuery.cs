using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Export;

/// <summary>What is exported of one device. Times in microseconds since 1970, <paramref name="To"/> excluded.</summary>
/// <param name="Buckets">Null for single readings.</param>
/// <param name="ShowsGaps">Whether buckets without a reading get a row of their own.</param>
internal sealed record ExportQuery(Town Town, string Device, string? Metric, long From, long To, Resolution? Buckets, bool ShowsGaps)
{
    /// <summary>Buckets of each metric of a file that shows gaps: most rows of it may be empty ones.</summary>
    public const long MostBucketsWithGaps = 1_000_000;

    public bool IsTooLong => ShowsGaps && Buckets is not null && (To - From) / Buckets.WidthMicroseconds > MostBucketsWithGaps;
}
