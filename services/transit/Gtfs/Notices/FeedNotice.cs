using SmartCity.Contracts;

namespace SmartCity.Transit.Gtfs.Notices;

/// <summary>One finding in a dataset, without words: those come from the wording files when it is shown.</summary>
/// <param name="Code">Of the canonical GTFS Schedule validator, in snake_case, or our own where that has none.</param>
/// <param name="Line">From 1, the header being line 1.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Detail">What else the sentence needs, such as a speed or another id.</param>
public sealed record FeedNotice(string Code, NoticeSeverity Severity, string? File, int? Line, string? Field, string? Value, string? Detail)
{
    public const int LongestText = 200;

    public static string? Shortened(string? text) => text?.Length > LongestText ? text[..LongestText] + "…" : text;
}

/// <summary>The findings of a dataset: of each code the first, and how many there were.</summary>
/// <param name="Samples">In the order of their codes' gravity, then as found.</param>
/// <param name="Totals">How many of each code.</param>
/// <param name="IsRefused">Whether the dataset can't be served.</param>
public sealed record FeedNotices(IReadOnlyList<FeedNotice> Samples, IReadOnlyDictionary<string, int> Totals, bool IsRefused);
