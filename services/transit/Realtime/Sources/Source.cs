using SmartCity.Contracts;
using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Wire;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>One feed of another agency: what it said last, and how it is. Used by one at a time (<see cref="Gate"/>); read by all.</summary>
internal sealed class Source(string id)
{
    public string Id { get; } = id;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Null for one that pushes.</summary>
    public Uri? Url { get; set; }

    public string? ETag { get; set; }

    public DateTimeOffset? LastModified { get; set; }

    /// <summary>The last message that was taken; what came after it and was no good changes nothing.</summary>
    public FeedReading? Former { get; set; }

    /// <summary>Entities by id, for messages that only say what changed.</summary>
    public Dictionary<string, FeedEntity> Entities { get; set; } = new(StringComparer.Ordinal);

    public int Failures { get; set; }

    public DateTimeOffset NextAt { get; set; }

    public SourceHealth Health { get; set; } = new();
}

/// <summary>How a source is, as of its last message or attempt. Immutable.</summary>
internal sealed record SourceHealth
{
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>When a message of it was taken last.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The header's time of that message.</summary>
    public DateTimeOffset? HeaderAt { get; init; }

    public string? Fault { get; init; }

    public int Entities { get; init; }

    public int Trips { get; init; }

    public int Cancelled { get; init; }

    public int Vehicles { get; init; }

    public int Alerts { get; init; }

    public IReadOnlyList<Notice> Notices { get; init; } = [];

    public IReadOnlyDictionary<string, int> NoticeCounts { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
}
