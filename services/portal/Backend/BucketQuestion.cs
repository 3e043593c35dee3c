using Microsoft.AspNetCore.Http.Extensions;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Backend;

/// <summary>One metric over a time, in buckets of a width that telemetry keeps.</summary>
/// <param name="Bucket"><c>1m</c>, <c>10m</c>, <c>1h</c> or <c>1d</c>.</param>
public sealed record BucketQuestion(string Metric, DateTimeOffset From, DateTimeOffset To, string Bucket)
{
    /// <summary>The same time without buckets, for a download.</summary>
    internal string Readings => new QueryBuilder { { "metric", Metric }, { "from", LocalTime.Machine(From) }, { "to", LocalTime.Machine(To) } }.ToString();

    internal string Query => new QueryBuilder
    {
        { "metric", Metric }, { "from", LocalTime.Machine(From) }, { "to", LocalTime.Machine(To) }, { "bucket", Bucket },
    }.ToString();
}

/// <summary>What telemetry says of one bucket.</summary>
/// <param name="T">When it begins.</param>
public sealed record BucketView(DateTimeOffset T, long Count, double Minimum, double Maximum, double Mean, double Last);
