using System.Text.RegularExpressions;
using SmartCity.Contracts.Towns;

namespace SmartCity.Transit.Feeds.Import;

/// <summary>Names of feeds among a town's: part of URLs and of stop ids.</summary>
internal static partial class FeedNames
{
    /// <summary>Where the town has no feed in its manifest, or several, and none was named.</summary>
    public const string Usual = "main";

    /// <summary>Begins with a letter, so that no number can pass as a name.</summary>
    public const string Rule = "Lower-case letters, digits and '-', beginning with a letter, at most 40.";

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    /// <summary>The feed that a request means: the one it names, or the town's only one.</summary>
    public static string Of(string? named, Town town) => named ?? (town.TransitFeeds.Count == 1 && IsValid(town.TransitFeeds[0].Id) ? town.TransitFeeds[0].Id : Usual);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
