using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Wording;

/// <summary>Every language says everything, whatever their number.</summary>
public sealed partial class WordingTests
{
    private static readonly WordingCatalog Catalog = WordingCatalog.Load();

    private static readonly string[] Metrics = ["waterLevelMetres", "rainfallMillimetresPerHour", "temperatureCelsius", "windSpeedMetresPerSecond", "somethingElse"];

    public static TheoryData<string> Languages => [.. Catalog.Languages.Select(words => words.Language)];

    [Fact]
    public void Load_Always_HasTheLanguagesOfTheTownsPeople()
        => Catalog.Languages.Select(words => (words.Language, words.CapLanguage)).ShouldBe(
            [("ja", "ja-JP"), ("en", "en-US"), ("ja-Hira", null), ("ko", "ko-KR"), ("pt", "pt-BR"), ("vi", "vi-VN"), ("zh-Hans", "zh-CN")]);

    [Theory]
    [InlineData("SmartCity.Alerts.Wording.")]
    [InlineData("SmartCity.Alerts.Delivery.Wording.")]
    public void Files_InEveryLanguage_HaveTheSameKeysAndPlaceholders(string folder)
    {
        var files = Files(folder);
        files.Count.ShouldBe(7);
        foreach (var (name, file) in files)
        {
            Shape(file).ShouldBe(Shape(files["ja"]), ignoreOrder: true, name);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Describe_WhateverHappens_LeavesNoPlaceholderAndNoSign(string language)
    {
        foreach (var info in Everything(language))
        {
            string[] texts = [info.Event, info.LevelName!, info.Headline, info.Description, info.Instruction, info.AreaDescription, info.Spoken!];
            texts.ShouldAllBe(text => !string.IsNullOrWhiteSpace(text) && !text.Contains('{') && !text.Contains('}'));
            var spoken = info.Spoken!;
            spoken.Where(IsSpelled).ShouldBeEmpty(spoken);
            Regex.IsMatch(spoken, @"\d[.,]\d", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeFalse(spoken);
            Regex.IsMatch(spoken, @"[。、，.,]\s*[。、，.,]", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeFalse(spoken);
            ".。".ShouldContain(spoken[^1]);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Finished_WhenItIsNotReal_SaysSoInEveryTextOfEveryLanguage(string language)
    {
        var words = Catalog.Languages.Single(words => words.Language == language);
        var info = words.Describe(Subject("flood", 4, isCancel: false, transition: null));
        Catalog.Finished(CapStatus.Actual, [info]).ShouldBe([info]);
        var texts = new[] { CapStatus.Exercise, CapStatus.Test }.Select(status => Catalog.Finished(status, Catalog.Finished(status, [info])).Single()).ToList();
        foreach (var (marked, status) in texts.Zip([CapStatus.Exercise, CapStatus.Test]))
        {
            var mark = words.MarkOf(status);
            mark.ShouldNotBeNullOrWhiteSpace();
            marked.Headline.ShouldBe(mark + info.Headline);
            marked.Instruction.ShouldBe(mark + info.Instruction);
            marked.Spoken.ShouldBe(words.SpokenMarkOf(status) + info.Spoken);
        }

        texts[0].Spoken.ShouldNotBe(texts[1].Spoken);
    }

    internal static bool IsSpelled(char character)
        => !char.IsLetterOrDigit(character) && !char.IsSurrogate(character) && !"。、，.,' -".Contains(character)
            && char.GetUnicodeCategory(character) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark);

    private static IEnumerable<AlertInfoView> Everything(string language)
    {
        var words = Catalog.Languages.Single(words => words.Language == language);
        return from hazard in Hazards.All.Select(hazard => hazard.Key).Append("sinkhole")
               from level in Enumerable.Range(1, 5)
               from isCancel in new[] { false, true }
               from transition in Metrics.Select(metric => Transition(metric, 3.2)).Append(Transition("waterLevelMetres", null)).Append(null)
               select words.Describe(Subject(hazard, level, isCancel, transition));
    }

    internal static AlertSubject Subject(string hazard, int level, bool isCancel, SensorThreshold? transition) => new()
    {
        Place = new LocalizedText("魚津市", "Uozu City") { ["ja-Hira"] = "うおづし" },
        Hazard = hazard,
        Level = level,
        IsCancel = isCancel,
        At = new DateTimeOffset(2026, 7, 1, 3, 5, 0, TimeSpan.FromHours(9)),
        Transition = transition,
        RadiusMetres = transition is null ? null : level % 2 == 0 ? 1500 : 800,
    };

    internal static SensorThreshold Transition(string metric, double? threshold) => new()
    {
        EventId = "1",
        Municipality = "162043",
        DeviceId = "river-1",
        DeviceName = new LocalizedText("片貝川", "Katakai River"),
        RuleId = "water-3",
        Metric = metric,
        Transition = ThresholdTransition.Raised,
        Value = metric == "temperatureCelsius" ? -3.42 : 3.42,
        Threshold = threshold,
        At = new DateTimeOffset(2026, 7, 1, 3, 5, 0, TimeSpan.FromHours(9)),
        Explanation = "",
    };

    private static Dictionary<string, JsonNode> Files(string folder)
    {
        var assembly = typeof(WordingCatalog).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .ToDictionary(name => name[folder.Length..^".json".Length], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static JsonNode Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!;
    }

    // What may differ from language to language is left out: whether CAP has it, months, and how signs are read.
    private static IEnumerable<string> Shape(JsonNode file)
        => Leaves(file, "").Where(leaf => !Optional().IsMatch(leaf.Path)).Select(leaf => $"{leaf.Path} {string.Join(' ', PlaceholdersOf(leaf.Path, leaf.Text))}");

    private static IEnumerable<string> PlaceholdersOf(string path, string text)
        // A language may say that something is over without the name of the level, or without the bound.
        => Placeholder().Matches(text).Select(match => match.Value).Where(name => !path.Contains("cancel", StringComparison.OrdinalIgnoreCase) || name is "{place}" or "{event}" or "{at}" or "{device}" or "{value}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Path, string Text)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.SelectMany(pair => Leaves(pair.Value, path + "/" + pair.Key)),
        JsonArray list => list.SelectMany((item, index) => Leaves(item, $"{path}/{index}")),
        null => [],
        _ => [(path, node.ToString())],
    };

    [GeneratedRegex(@"^/(capLanguage|months|decimalMark|speech/(readings|units|nameLanguage))|/levelNames/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Optional();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
