using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Streaming;

/// <summary>
/// <c>?languages=</c> of a stream: the languages that a reader can read, the best first. Of an alert's blocks the stream then
/// carries the one that fits, since a page shows one and an event in seven languages is six times as long.
/// </summary>
public sealed partial class StreamLanguages
{
    // A stranger must not fill the memory with made-up lists; who comes later gets all languages, which fits everybody.
    private const int MostKept = 100;
    private const int MostWishes = 8;
    private static readonly ConcurrentDictionary<string, StreamLanguages> Kept = new(StringComparer.OrdinalIgnoreCase);

    private readonly string[] _wishes;

    private StreamLanguages(string[] wishes) => _wishes = wishes;

    /// <summary>Every block that the alert has.</summary>
    public static StreamLanguages All { get; } = new([]);

    /// <param name="list">BCP 47 tags, parted by commas; null or empty for <see cref="All"/>.</param>
    /// <returns>Null for a list that is none.</returns>
    public static StreamLanguages? Parse(string? list)
    {
        if (string.IsNullOrWhiteSpace(list))
        {
            return All;
        }

        if (Kept.TryGetValue(list, out var known))
        {
            return known;
        }

        var wishes = list.Split(',', StringSplitOptions.TrimEntries);
        if (wishes.Length > MostWishes || !Array.TrueForAll(wishes, wish => Tag().IsMatch(wish)))
        {
            return null;
        }

        return Kept.Count < MostKept ? Kept.GetOrAdd(list, new StreamLanguages(wishes)) : All;
    }

    /// <summary>
    /// The block of the first wish that the alert has, exactly or as a variety that is not written for learners (<c>zh</c> finds
    /// <c>zh-Hans</c>), or else its first. The portal's pages choose alike (<c>alerts.js</c>).
    /// </summary>
    public IReadOnlyList<AlertInfoView> Of(IReadOnlyList<AlertInfoView> blocks)
    {
        if (_wishes.Length == 0 || blocks.Count < 2)
        {
            return blocks;
        }

        foreach (var wish in _wishes)
        {
            if ((blocks.FirstOrDefault(block => block.Language.Equals(wish, StringComparison.OrdinalIgnoreCase))
                ?? blocks.FirstOrDefault(block => block.Language.StartsWith(wish + "-", StringComparison.OrdinalIgnoreCase) && !Easy().IsMatch(block.Language))) is { } found)
            {
                return [found];
            }
        }

        return [blocks[0]];
    }

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Tag();

    [GeneratedRegex("-(easy|hira)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex Easy();
}
