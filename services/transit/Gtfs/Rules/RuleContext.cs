using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Gtfs.Notices;
using SmartCity.Transit.Gtfs.Reading;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>What rules look at. Times between timepoints are not filled in yet.</summary>
internal sealed class RuleContext(GtfsFeed feed, FeedLines lines, ReadingContext reading, DateTimeOffset now)
{
    public GtfsFeed Feed => feed;

    public FeedLines Lines => lines;

    public NoticeSink Notices => reading.Notices;

    /// <summary>The date at the agency.</summary>
    public DateOnly Today { get; } = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, feed.TimeZone).DateTime);

    public bool Has(string file) => reading.Has(file);

    /// <param name="column">Such as <c>stops.txt.zone_id</c>.</param>
    public bool HasColumn(string column) => reading.Columns.Contains(column);

    /// <summary>Whether every row of a file could be read: else what seems missing may just have been left out.</summary>
    public bool IsComplete(string file) => !reading.Unreadable.Contains(file);
}
