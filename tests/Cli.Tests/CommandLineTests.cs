using System.Text.RegularExpressions;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

public sealed partial class CommandLineTests
{
    // Nothing listens on the discard port, and only root may.
    private const string Nobody = "http://127.0.0.1:9";

    [Fact]
    public async Task Command_WhenNobodyAnswers_ExitsWithThree()
    {
        var ran = await Typed.RunAsync("changes", "list", "--gateway", Nobody, "--token", "x");

        ran.ExitCode.ShouldBe(ExitCodes.Unreachable);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain(Nobody);
        ran.Error.ShouldContain("Nothing was changed");
    }

    [Theory]
    [InlineData("changes", "approve", "soon")]
    [InlineData("onboard", "paln", "x.yaml")]
    [InlineData("changes", "reject", "1")]
    [InlineData("changes", "list", "--gateway", "nowhere")]
    [InlineData("onboard", "validate", "/nowhere/municipality.yaml")]
    [InlineData("onboard", "new", "172021")]
    [InlineData("changes", "list", "--token", "a", "--token-file", "b")]
    public async Task Command_WhenTheLineIsWrong_ExitsWithTwoAndKeepsTheOutputClean(params string[] arguments)
    {
        var ran = await Typed.RunAsync(arguments);

        ran.ExitCode.ShouldBe(ExitCodes.Usage);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("ja_JP.UTF-8", null, "使い方")]
    [InlineData("en_US.UTF-8", null, "See:")]
    [InlineData("en_US.UTF-8", "ja", "使い方")]
    public async Task Language_IsOfTheOptionOrElseOfTheLocale(string locale, string? option, string expected)
    {
        var ran = await Typed.RunAsync(
            option is null ? ["changes", "approve", "x"] : ["changes", "approve", "x", "--language", option], null, new() { ["LANG"] = locale });

        ran.Error.ShouldContain(expected);
    }

    [Theory]
    [InlineData("smartcity device key rotate --help", "device", "key", "rotate")]
    [InlineData("smartcity changes approve --help", "changes", "approve", "x")]
    [InlineData("smartcity --help", "--nothing")]
    public async Task Usage_WhenTheLineIsWrong_NamesTheWholeCommand(string expected, params string[] arguments)
        => (await Typed.RunAsync(arguments)).Error.ShouldContain("See: " + expected);

    [Theory]
    [InlineData("en", 1, "1 fault")]
    [InlineData("en", 0, "0 faults")]
    [InlineData("en", 2, "2 faults")]
    [InlineData("ja", 1, "1 件")]
    public void Count_IsInTheNumberOfTheLanguage(string language, int number, string expected) => Words.Load(language).Count("faults", number).ShouldBe(expected);

    [Fact]
    public void Texts_OfBothLanguages_SayTheSameThings()
    {
        var english = Words.Load("en").All;
        var japanese = Words.Load("ja").All;

        japanese.Keys.ShouldBe(english.Keys, ignoreOrder: true);
        foreach (var (key, text) in english)
        {
            Placeholders(japanese[key]).ShouldBe(Placeholders(text), key);
        }
    }

    [Fact]
    public void Texts_ThatTheSourceAsksFor_AreThere()
    {
        var folder = Path.Combine(Repository.Root, "infra", "cli");
        var used = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value))
            .Distinct().ToList();

        used.Count.ShouldBeGreaterThan(50);
        used.Where(key => !Words.Load("en").All.ContainsKey(key)).ShouldBeEmpty();
    }

    private static string Placeholders(string text) => string.Join(',', Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("ords\\[\"(?<key>[A-Za-z.]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
