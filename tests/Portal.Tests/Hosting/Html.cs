using System.Text.RegularExpressions;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>Looks into a page without a parser: enough for what these tests ask.</summary>
public static partial class Html
{
    /// <summary>The section with an id; sections are not nested.</summary>
    public static string Section(string html, string id)
    {
        var start = html.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, $"there is no section '{id}'");
        return html[start..html.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    /// <summary>What people read: no tags, and one space for any white space.</summary>
    public static string Words(string html) => Space().Replace(Tag().Replace(html, " "), " ");

    /// <summary>Without readings, as one would read it aloud.</summary>
    public static string Spoken(string html) => Words(Reading().Replace(html, "")).Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();

    [GeneratedRegex("<rp>.*?</rp>|<rt>.*?</rt>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reading();
}
