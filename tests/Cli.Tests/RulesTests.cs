using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;
using SmartCity.Simulator.Recordings;

namespace SmartCity.Cli.Tests;

public sealed class RulesTests : IDisposable
{
    private const string HighRule = "rules:\n  - { id: high, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3 }\n";

    private readonly RecordingFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Flood_InTheRepository_IsWhatTheGeneratorWrites()
    {
        // SMARTCITY_WRITE_RECORDING=1 writes the file anew after the generator changed.
        if (Environment.GetEnvironmentVariable("SMARTCITY_WRITE_RECORDING") == "1")
        {
            File.WriteAllText(RecordingFolder.Flood, FloodRecording.Write());
        }

        File.ReadAllText(RecordingFolder.Flood).ShouldBe(FloodRecording.Write());
    }

    [Fact]
    public async Task Test_OverTheFlood_ShowsThatOneStuckGaugeRaisesNoZone()
    {
        var ran = await Typed.RunAsync("rules", "test", RecordingFolder.FloodRules, "--replay", RecordingFolder.Flood, "--json");

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        var firings = JsonNode.Parse(ran.Output)!["firings"]!.AsArray();
        var stuck = firings.First(firing => (string?)firing!["ruleId"] == "river-warning")!;
        ((string?)stuck["subject"]).ShouldBe("river-hayatsuki-1");
        var zones = firings.Where(firing => (string?)firing!["subject"] == "zone/uozu-rivers").ToList();
        zones.Count.ShouldBe(2);
        ((string?)zones[0]!["explanation"])!.ShouldContain("confirmed by 2 of 3");
        DateTimeOffset.Parse((string)zones[0]!["at"]!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(new DateTimeOffset(2026, 7, 1, 21, 0, 0, TimeSpan.FromHours(9)));
    }

    [Fact]
    public async Task Test_AsTable_ExplainsEachFiringInBothLanguages()
    {
        var recording = _files.Write("r.csv", "device,time,waterLevelMetres\na,2026-07-01T03:00:00+09:00,3.1\na,2026-07-01T03:10:00+09:00,3.42\n");
        var rules = _files.Write("rules.yaml", HighRule);

        var english = await Typed.RunAsync("rules", "test", rules, "--replay", recording);
        var japanese = await Typed.RunAsync("rules", "test", rules, "--replay", recording, "--language", "ja");

        english.Output.ShouldContain("3.42 m ≥ 3.20 m, rising 1.92 m/h");
        english.Output.ShouldContain("2026-07-01 03:10:00");
        english.Error.ShouldContain("raised 1, cleared 0");
        japanese.Output.ShouldContain("発生");
    }

    [Fact]
    public async Task Test_WithAManifest_UsesEachDevicesOwnRules()
    {
        var recording = _files.Write("r.csv", "municipality,device,metric,t,value\n172022,river-1,waterLevelMetres,2026-07-01T03:00:00Z,4\n172022,rain-9,waterLevelMetres,2026-07-01T03:00:00Z,4\n");
        var manifest = _files.Write("municipality.yaml", Samples.Nanao);

        var ran = await Typed.RunAsync("rules", "test", manifest, "--replay", recording);

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Error.ShouldContain("raised 1, cleared 0");
        ran.Error.ShouldContain("rain-9");
    }

    [Fact]
    public async Task Test_WhenADeviceFallsSilent_SaysSo()
    {
        var recording = _files.Write("r.csv", "device,time,x\na,2026-07-01T03:00:00Z,1\na,2026-07-01T05:00:00Z,1\nb,2026-07-01T05:00:00Z,1\n");
        var rules = _files.Write("rules.yaml", "- { kind: silence, id: quiet, deviceKind: x, afterSeconds: 3600 }\n");

        var ran = await Typed.RunAsync("rules", "test", rules, "--replay", recording);

        ran.Output.ShouldContain("2026-07-01 13:00:00");
        ran.Error.ShouldContain("raised 1, cleared 1");
    }

    [Fact]
    public async Task Svg_IsWellFormedNamedAndMarked()
    {
        var picture = Path.Combine(_files.Folder, "flood.svg");

        (await Typed.RunAsync("rules", "test", RecordingFolder.FloodRules, "--replay", RecordingFolder.Flood, "--svg", picture)).ExitCode.ShouldBe(ExitCodes.Done);

        var svg = XDocument.Load(picture).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        svg.Attribute("role")!.Value.ShouldBe("img");
        svg.Element(ns + "title")!.Value.ShouldNotBeEmpty();
        svg.Element(ns + "desc")!.Value.ShouldContain("3 series");
        svg.Element(ns + "style")!.Value.ShouldContain("prefers-color-scheme: dark");
        svg.Elements(ns + "g").Count().ShouldBe(3);
        svg.Descendants(ns + "title").ShouldContain(title => title.Value.Contains("confirmed by 2 of 3", StringComparison.Ordinal));
        svg.Descendants(ns + "text").ShouldContain(text => text.Value == "river-warning ≥ 3.2 m");
    }

    [Fact]
    public async Task Svg_OfALongSeries_StaysSmall()
    {
        var text = new StringBuilder("device,time,waterLevelMetres\n");
        for (var second = 0; second < 50_000; second++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a,{DateTimeOffset.UnixEpoch.AddSeconds(second):O},{second % 7}\n");
        }

        var picture = Path.Combine(_files.Folder, "long.svg");
        await Typed.RunAsync("rules", "test", _files.Write("rules.yaml", HighRule), "--replay", _files.Write("long.csv", text.ToString()), "--svg", picture);

        new FileInfo(picture).Length.ShouldBeInRange(5_000, 300_000);
    }

    [Theory]
    [InlineData("device,time,x\na,2026-07-01T03:00:00,1\n", "r.csv:2:2", "offset")]
    [InlineData("device,time,x\na,2026-07-01T03:00:00Z,high\n", "r.csv:2:3", "number")]
    [InlineData("device,time,x\n,2026-07-01T03:00:00Z,1\n", "r.csv:2:1", "device id")]
    [InlineData("when,what\n1,2\n", "r.csv:1:1", "heading")]
    [InlineData("device,time,x\n", "r.csv", "holds no reading")]
    public async Task Test_WhenTheRecordingIsWrong_SaysWhere(string csv, string place, string what)
    {
        var ran = await Typed.RunAsync("rules", "test", _files.Write("rules.yaml", HighRule), "--replay", _files.Write("r.csv", csv));

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain(place);
        ran.Error.ShouldContain(what);
    }

    [Fact]
    public async Task Test_WhenTheRulesAreWrong_SaysWhereAndTestsNothing()
    {
        var rules = _files.Write("rules.yaml", HighRule.Replace("clearBelow: 3 ", "clearBelow: 4 ", StringComparison.Ordinal));

        var ran = await Typed.RunAsync("rules", "test", rules, "--replay", RecordingFolder.Flood);

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("rules.yaml:2:");
        ran.Error.ShouldContain("rule-inverted");
    }

    [Theory]
    [InlineData("/nowhere/rules.yaml", null)]
    [InlineData(null, "/nowhere/r.csv")]
    public async Task Test_WhenAFileIsMissing_ExitsWithTwo(string? rules, string? recording)
        => (await Typed.RunAsync("rules", "test", rules ?? RecordingFolder.FloodRules, "--replay", recording ?? RecordingFolder.Flood)).ExitCode.ShouldBe(ExitCodes.Usage);
}
