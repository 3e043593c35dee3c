using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Devices;

/// <summary>The time that a device's charts show, as the page's address says it.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends; never later than now.</param>
/// <param name="IsLive">Whether it ends now, and goes on.</param>
/// <param name="Compares">Whether the time before is drawn too.</param>
/// <param name="Metric">The only metric that is shown, or null.</param>
public sealed record DeviceWindow(DateTimeOffset From, DateTimeOffset To, bool IsLive, bool Compares, string? Metric)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:sszzz";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>The choices of the page.</summary>
    public static readonly IReadOnlyList<(string Name, TimeSpan Length)> Spans =
        [("6h", TimeSpan.FromHours(6)), ("24h", TimeSpan.FromHours(24)), ("7d", TimeSpan.FromDays(7)), ("30d", TimeSpan.FromDays(30))];

    public TimeSpan Length => To - From;

    /// <summary>Which of the choices it is, or null.</summary>
    public string? Span => Spans.FirstOrDefault(span => span.Length == Length).Name;

    /// <summary>The buckets that telemetry keeps for such a length: a few hundred at most.</summary>
    public (string Name, TimeSpan Width) Bucket => Length switch
    {
        { TotalHours: <= 6 } => ("1m", TimeSpan.FromMinutes(1)),
        { TotalHours: <= 60 } => ("10m", TimeSpan.FromMinutes(10)),
        { TotalDays: <= 33 } => ("1h", TimeSpan.FromHours(1)),
        _ => ("1d", TimeSpan.FromDays(1)),
    };

    /// <summary>How long before the compared time lies: whole days, so that the same hours stand above each other.</summary>
    public TimeSpan CompareShift => TimeSpan.FromDays(Math.Max(1, Math.Ceiling(Length.TotalDays)));

    public DeviceWindow Earlier => Ending(To - (Length / 2), IsLive);

    public DeviceWindow? Later => IsLive ? null : Ending(To + (Length / 2), false);

    public static DeviceWindow Of(HttpRequest request, DateTimeOffset now)
    {
        var query = request.Query;
        var metric = query["metric"].ToString();
        var compares = query["compare"] == "1";
        var from = Time(query["from"]);
        var to = Time(query["to"]);
        if (from is { } start && to is { } end && end > start)
        {
            return Clamp(start, end, now, compares, metric, query["live"] == "1");
        }

        var length = Spans.FirstOrDefault(span => span.Name == query["span"]).Length is { Ticks: > 0 } asked ? asked : Spans[1].Length;
        return to is { } last ? Clamp(last - length, last, now, compares, metric) : new DeviceWindow(now - length, now, IsLive: true, compares, Null(metric));
    }

    public DeviceWindow Of(TimeSpan length) => this with { From = To - length };

    /// <summary>The page's address for this time.</summary>
    public string Url(string path)
    {
        var query = new QueryBuilder();
        if (Span is { } span)
        {
            query.Add("span", span);
        }
        else
        {
            query.Add("from", LocalTime.Machine(From));
        }

        if (!IsLive || Span is null)
        {
            query.Add("to", LocalTime.Machine(To));
        }

        foreach (var (name, value) in new[] { ("metric", Metric), ("compare", Compares ? "1" : null), ("live", IsLive && Span is null ? "1" : null) })
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return path + query;
    }

    private DeviceWindow Ending(DateTimeOffset to, bool wasLive) => this with { From = to - Length, To = to, IsLive = wasLive && to >= To };

    /// <param name="goesOn">Whether it ended at the now of a moment ago, and goes on with it.</param>
    private static DeviceWindow Clamp(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, bool compares, string metric, bool goesOn = false)
    {
        var length = TimeSpan.FromTicks(Math.Clamp((to - from).Ticks, Shortest.Ticks, Longest.Ticks));
        // Whoever goes on to the newest goes on from there.
        return goesOn || to >= now ? new DeviceWindow(now - length, now, IsLive: true, compares, Null(metric)) : new DeviceWindow(to - length, to, IsLive: false, compares, Null(metric));
    }

    private static string? Null(string text) => text.Length == 0 ? null : text;

    // A plus sign that was not percent-encoded arrives as a space. Within centuries, so that no sum of times overflows.
    private static DateTimeOffset? Time(string? text)
        => DateTimeOffset.TryParseExact(text?.Replace(' ', '+'), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year is > 1900 and < 2200 ? time : null;
}
