using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Planning;

/// <summary>Two entries that may be one are warned of, and stay two.</summary>
public sealed class NameWarningTests
{
    [Theory]
    [InlineData("髙橋桜", "高橋櫻")]
    [InlineData("山﨑", "山崎")]
    [InlineData("ｻｲﾄｳ", "サイトウ")]
    [InlineData("さいとう", "サイトウ")]
    public async Task Plan_WhenTwoPeopleMayBeOne_WarnsAndKeepsBoth(string one, string other)
    {
        await using var app = await RegistryApp.StartAsync();
        var manifest = Samples.Nanao + $"\n  - {{ name: {one}, role: clerk }}\n  - {{ name: {other}, role: officer }}";

        var plan = await PlanAsync(app, manifest);

        var warning = WarningsOf(plan, "same-name").ShouldHaveSingleItem();
        ((string?)warning["field"]).ShouldBe("people[3].name");
        ((string?)warning["message"])!.ShouldContain($"'{one}', '{other}' have the same name");
        plan["steps"]!.AsArray().Count(step => (string?)step!["section"] == "people").ShouldBe(4);
    }

    [Theory]
    [InlineData("東医院", "ひがしいいん", "東医院", "あずまいいん", false)]
    [InlineData("東医院", "ひがしいいん", "東醫院", "ﾋｶﾞｼｲｲﾝ", true)]
    [InlineData("德永 クリニック", null, "徳永ｸﾘﾆｯｸ", null, true)]
    public async Task Plan_WhenTwoClinicsMayBeOne_Warns(string one, string? oneKana, string other, string? otherKana, bool isLikely)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao + $"\nclinics:\n  - {{ id: a, name: {Name(one, oneKana)} }}");

        var plan = await PlanAsync(app, $"code: \"172022\"\nclinics:\n  - {{ id: a, name: {Name(one, oneKana)} }}\n  - {{ id: b, name: {Name(other, otherKana)} }}");

        WarningsOf(plan, "same-name").Count.ShouldBe(isLikely ? 1 : 0);
        plan["steps"]!.AsArray().ShouldHaveSingleItem()!["operation"]!.ToString().ShouldBe("+");
    }

    [Fact]
    public async Task Plan_WhenADeviceMayBeThereAlready_Warns()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var plan = await PlanAsync(app, Samples.Nanao.Replace("people:", "  - { id: river-2, kind: river, name: { ja: 御祓　川 } }\npeople:", StringComparison.Ordinal));

        ((string?)WarningsOf(plan, "same-name").ShouldHaveSingleItem()["message"])!.ShouldContain("'river-1' has the same name");
    }

    [Fact]
    public async Task Plan_WhenTheDuplicatesWereThereBefore_WarnsNoMore()
    {
        await using var app = await RegistryApp.StartAsync();
        var manifest = Samples.Nanao + "\n  - { name: 髙橋, role: clerk }\n  - { name: 高橋, role: officer }";
        await app.OnboardAsync(manifest);

        WarningsOf(await PlanAsync(app, manifest.Replace("level: 3", "level: 2", StringComparison.Ordinal)), "same-name").ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenRowsMeetEachOtherOrWhatIsRegistered_Warns()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        const string Csv = "id,kind,name_ja\nr2,river,御祓 川\nr3,school,髙濵小学校\nr4,school,高浜小學校\n";

        using var answer = await app.SendAsync(HttpMethod.Post, "municipalities/172022/devices/import?dryRun=true", Csv, mediaType: "text/csv");

        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        var lines = JsonNode.Parse(text)!["notices"]!.AsArray().Where(notice => (string?)notice!["code"] == "same-name").Select(notice => (int)notice!["line"]!);
        lines.ShouldBe([2, 4]);
    }

    private static string Name(string kanji, string? kana) => kana is null ? $"{{ ja: {kanji} }}" : $"{{ ja: {kanji}, ja-Hira: {kana} }}";

    private static async Task<JsonObject> PlanAsync(RegistryApp app, string manifest)
    {
        using var answer = await app.SendAsync(HttpMethod.Put, "municipalities/172022/manifest?dryRun=true", manifest);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await RegistryApp.ReadAsync(answer);
    }

    private static List<JsonNode> WarningsOf(JsonObject plan, string code)
        => [.. plan["warnings"]!.AsArray().Where(warning => (string?)warning!["code"] == code).Select(warning => warning!)];
}
