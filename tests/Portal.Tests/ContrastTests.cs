using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.Portal.Tests;

/// <summary>WCAG 2.2, 1.4.3: computed from the tokens, in both modes.</summary>
public sealed partial class ContrastTests
{
    private static readonly string Css = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "portal-assets", "tokens.css"));

    private static readonly Dictionary<string, Dictionary<string, string>> Modes = Read();

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Tokens_Always_KeepTextReadable(string mode)
    {
        var tokens = Modes[mode];
        var pairs = tokens.Keys.Where(name => tokens.ContainsKey(name + "-text")).Select(name => (Text: name + "-text", Ground: name)).ToList();
        pairs.Count.ShouldBeGreaterThan(10);
        foreach (var text in new[] { "text", "text-muted", "link" })
        {
            pairs.AddRange(new[] { "ground", "surface", "surface-quiet" }.Select(ground => (text, ground)));
        }

        pairs.Where(pair => Contrast(tokens[pair.Text], tokens[pair.Ground]) < 4.5)
            .Select(pair => $"{pair.Text} on {pair.Ground}: {Contrast(tokens[pair.Text], tokens[pair.Ground]):0.00}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Tokens_Always_KeepFocusAndLinesVisible(string mode)
    {
        // WCAG 1.4.11: parts that are not text need 3:1.
        var tokens = Modes[mode];
        (string Line, string Ground)[] pairs =
        [
            ("focus", "ground"), ("focus", "surface"), ("header-text", "header"), ("line-strong", "surface"),
            ("map-gauge", "map-land"), ("map-line", "map-land"), ("action", "map-land"),
            ("chart-line", "surface"), ("chart-before", "surface"), ("chart-bound", "surface"), ("map-raised", "map-land"),
        ];

        pairs.Where(pair => Contrast(tokens[pair.Line], tokens[pair.Ground]) < 3).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("level-1", "#ffffff")]
    [InlineData("level-2", "#f2e700")]
    [InlineData("level-3", "#ff2800")]
    [InlineData("level-4", "#aa00aa")]
    [InlineData("level-5", "#0c000c")]
    public void Tokens_Always_CarryTheNationalLevelColours(string token, string colour)
    {
        Modes["light"][token].ShouldBe(colour);
        Modes["dark"][token].ShouldBe(colour);
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        var split = Css.IndexOf("@media (prefers-color-scheme: dark)", StringComparison.Ordinal);
        var light = Colour().Matches(Css[..split]).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
        var dark = new Dictionary<string, string>(light, StringComparer.Ordinal);
        foreach (Match match in Colour().Matches(Css[split..]))
        {
            dark[match.Groups["name"].Value] = match.Groups["value"].Value;
        }

        return new(StringComparer.Ordinal) { ["light"] = light, ["dark"] = dark };
    }

    private static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int start)
        {
            var share = int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    [GeneratedRegex("--(?<name>[a-z0-9-]+): (?<value>#[0-9a-f]{6});", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();
}
