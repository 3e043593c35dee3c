using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.Cli.Replay.Night;

/// <summary>What people do in a flood night, made up and the same for the same begin.</summary>
/// <param name="Share">When, as a share of the whole night.</param>
/// <param name="Key">The report's Idempotency-Key: a second run of the same night adds nothing.</param>
internal sealed record NightReport(double Share, string Key, bool NeedsHelp, IReadOnlyList<string> Needs, int PeopleCount);

/// <summary>Safety reports and calls for help of a night. Pure.</summary>
internal static class NightPlan
{
    public const int MostReports = 200;

    /// <summary>People begin to report once the first alert is out, about a third into the night.</summary>
    private const double FirstShare = 0.35;

    private const double LastShare = 0.9;

    private static readonly string[] Needs = ["cannot-move", "medical", "trapped", "elderly", "food-water"];

    /// <param name="count">Reports, calls among them.</param>
    /// <param name="calls">Of these, calls for help.</param>
    public static IReadOnlyList<NightReport> Of(string town, DateTimeOffset begin, int count, int calls)
    {
        var every = calls == 0 ? int.MaxValue : Math.Max(1, count / calls);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var needsHelp = index % every == every - 1 && (index / every) < calls;
            return new NightReport(
                FirstShare + ((LastShare - FirstShare) * index / Math.Max(1, count - 1)), KeyOf(town, begin, index), needsHelp,
                needsHelp ? [Needs[(index / every) % Needs.Length]] : [], 1 + (index % 4));
        })];
    }

    // The report's code is derived from its key, so keys must not be guessable by their look alone; these are of nobody.
    private static string KeyOf(string town, DateTimeOffset begin, int index)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"replay-night|{town}|{begin.UtcTicks}|{index}"))))[..40];
}
