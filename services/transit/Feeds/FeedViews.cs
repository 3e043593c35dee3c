using SmartCity.Contracts;
using SmartCity.Transit.Feeds.Store;

namespace SmartCity.Transit.Feeds;

/// <summary>What is answered to an import.</summary>
/// <param name="Version">Names the version: <c>GET feeds/{version}</c>.</param>
/// <param name="Feed">Which of the town's feeds it is a version of.</param>
/// <param name="Live">Whether it is being served.</param>
/// <param name="IsRepeated">Whether these very bytes were there before.</param>
/// <param name="Notices">What was found: of each code the first.</param>
/// <param name="NoticeTotals">How many of each code.</param>
public sealed record FeedImportView(
    string Version, string Feed, bool Live, bool IsRepeated, FeedSummary Summary, IReadOnlyList<Notice> Notices, IReadOnlyDictionary<string, int> NoticeTotals);

/// <summary>A version in the history of a town's feeds.</summary>
/// <param name="Id">Same as <paramref name="Version"/>.</param>
/// <param name="Licence">Of the feed, as the town's manifest says.</param>
/// <param name="Download">Where its zip is, or null where that is no longer kept.</param>
/// <param name="Errors">How many errors were found; it was taken without what they are about.</param>
public sealed record FeedVersionView(
    string Id, string Version, string Feed, bool Live, DateTimeOffset ImportedAt, DateTimeOffset? LiveSince, FeedOrigin Origin, long SizeBytes, string Sha256,
    string? Licence, string? Download, FeedSummary Summary, int Errors, int Warnings);

/// <summary>A version with its report.</summary>
public sealed record FeedReportView(FeedVersionView Version, IReadOnlyList<Notice> Notices, IReadOnlyDictionary<string, int> NoticeTotals);
