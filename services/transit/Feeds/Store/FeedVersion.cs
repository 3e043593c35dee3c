using SmartCity.ServiceDefaults.Data;
using SmartCity.Transit.Gtfs.Notices;

namespace SmartCity.Transit.Feeds.Store;

/// <summary>One version of one feed of a town, as it was taken.</summary>
public sealed class FeedVersion : ITownOwned
{
    public required string Municipality { get; init; }

    /// <summary>Name in URLs: the feed's name and the number.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the feed among the town's.</summary>
    public required string Feed { get; init; }

    /// <summary>From 1, in the order of import.</summary>
    public required int Number { get; init; }

    /// <summary>Of the zip, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required long SizeBytes { get; init; }

    public bool IsLive { get; set; }

    /// <summary>Whether the zip is still there; of old versions only the record is.</summary>
    public bool IsKept { get; set; } = true;

    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>Token subject, or null for the town's manifest.</summary>
    public string? ImportedBy { get; init; }

    public required FeedOrigin Origin { get; init; }

    /// <summary>When it last became live.</summary>
    public DateTimeOffset? LiveSince { get; set; }

    public required FeedSummary Summary { get; init; }

    public required FeedNotices Notices { get; init; }
}

/// <summary>Where a version came from.</summary>
public enum FeedOrigin
{
    Upload,
    Manifest,
}

/// <summary>What a version holds, for people who choose one.</summary>
/// <param name="FeedVersionText">The publisher's own <c>feed_version</c>.</param>
/// <param name="ServiceStart">First day on which something runs.</param>
public sealed record FeedSummary(
    int Agencies, int Stops, int Routes, int Trips, int StopTimes, string? Publisher, string? FeedVersionText, DateOnly? ServiceStart, DateOnly? ServiceEnd);

/// <summary>The zip of a version.</summary>
public sealed class FeedContent : ITownOwned
{
    public required string Municipality { get; init; }

    public required string Version { get; init; }

    public required byte[] Zip { get; init; }
}

/// <summary>What of a town's manifest was taken last.</summary>
public sealed class ManifestFeed : ITownOwned
{
    public required string Municipality { get; init; }

    public required string Feed { get; init; }

    /// <summary>As the manifest names it.</summary>
    public required string Source { get; set; }

    public required string Sha256 { get; set; }
}
