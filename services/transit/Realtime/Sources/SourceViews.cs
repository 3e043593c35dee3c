using SmartCity.Contracts;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>How a source of GTFS Realtime is.</summary>
/// <param name="Url">Where it is fetched from; null for one that pushes.</param>
/// <param name="Status">What can be relied on.</param>
/// <param name="TriedAt">When it was asked, or pushed, last.</param>
/// <param name="TakenAt">When a message of it was taken last.</param>
/// <param name="HeaderAt">The time that that message says it is of.</param>
/// <param name="Failures">In a row, of one that is fetched.</param>
/// <param name="NextAt">When it is fetched next.</param>
/// <param name="Fault">Why the last message was not taken, or null.</param>
/// <param name="Trips">Runs of the live feed version that it says something of.</param>
/// <param name="Notices">Of the last message: some of each code.</param>
/// <param name="NoticeCounts">How many of each code.</param>
public sealed record SourceView(
    string Id, Uri? Url, SourceStatus Status, DateTimeOffset? TriedAt, DateTimeOffset? TakenAt, DateTimeOffset? HeaderAt, int Failures, DateTimeOffset? NextAt, string? Fault,
    int Entities, int Trips, int Cancelled, int Vehicles, int Alerts, IReadOnlyList<Notice> Notices, IReadOnlyDictionary<string, int> NoticeCounts)
{
    internal static SourceView Of(Source source, DateTimeOffset now, TimeSpan staleAfter)
    {
        var health = source.Health;
        var status = health.HeaderAt is not { } at ? SourceStatus.NeverTaken
            : now - at > staleAfter ? SourceStatus.Stale
            : health.Fault is not null ? SourceStatus.Failing
            : SourceStatus.Live;
        return new SourceView(
            source.Id, source.Url, status, health.TriedAt, health.TakenAt, health.HeaderAt, source.Failures, source.Url is null ? null : source.NextAt, health.Fault,
            health.Entities, health.Trips, health.Cancelled, health.Vehicles, health.Alerts, health.Notices, health.NoticeCounts);
    }
}

/// <summary>What can be relied on of a source.</summary>
public enum SourceStatus
{
    /// <summary>It was never read.</summary>
    NeverTaken,

    /// <summary>What it says is of now.</summary>
    Live,

    /// <summary>The last message was no good; the one before is still young enough.</summary>
    Failing,

    /// <summary>What it said is too old: its runs are unconfirmed.</summary>
    Stale,
}

/// <summary>What is answered to a message that was taken.</summary>
/// <param name="Source">Under which it is kept.</param>
/// <param name="HeaderAt">The time that it is of.</param>
/// <param name="Trips">Runs of the live feed version that it says something of.</param>
public sealed record PushAnswer(
    string Source, DateTimeOffset? HeaderAt, int Entities, int Trips, int Cancelled, int Vehicles, int Alerts, IReadOnlyList<Notice> Notices, IReadOnlyDictionary<string, int> NoticeCounts);
