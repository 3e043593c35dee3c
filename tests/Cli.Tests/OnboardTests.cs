using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

public sealed class OnboardTests
{
    [Fact]
    public async Task Plan_WhenTheTownIsNew_ShowsWhatComesAndChangesNothing()
    {
        await using var hall = await TownHall.StartAsync();
        var before = await File.ReadAllBytesAsync(hall.Manifest);

        var ran = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Output.ShouldContain("+ devices/river-1");
        ran.Output.ShouldContain("172022: 8 to add, 0 to change, 0 to remove.");
        ran.Error.ShouldContain("Nothing was changed");
        (await File.ReadAllBytesAsync(hall.Manifest)).ShouldBe(before);
        (await hall.AsClerkAsync("changes", "list")).Error.ShouldContain("There is no change request");
    }

    [Fact]
    public async Task Apply_WhenASecondPersonApproves_IsInForceAndPlansNothingMore()
    {
        await using var hall = await TownHall.StartAsync();

        var applied = await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes");
        applied.ExitCode.ShouldBe(ExitCodes.Done, applied.Error);
        applied.Output.ShouldContain("Nothing is in force yet");
        applied.Output.ShouldContain("smartcity changes approve 1");
        var approved = await hall.AsOfficerAsync("changes", "approve", "1", "--yes");

        approved.ExitCode.ShouldBe(ExitCodes.Done, approved.Error);
        approved.Output.ShouldContain("Change 1 of 172022 is in force");
        var again = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);
        again.Output.ShouldContain("nothing to change");
    }

    [Fact]
    public async Task Plan_WhenFieldsChange_ShowsBeforeAndAfter()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        await File.WriteAllTextAsync(hall.Manifest, Samples.Nanao.Replace("raiseAt: 3.2", "raiseAt: 3.5", StringComparison.Ordinal));
        await File.AppendAllTextAsync(Path.Combine(hall.Folder, "shelters.csv"), "172022,2,御祓小学校,37.05,136.95\n");

        var ran = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);

        ran.Output.ShouldContain("~ rules/river-warning");
        ran.Output.ShouldContain("raiseAt: 3.2 → 3.5");
        ran.Output.ShouldContain("files.shelters.csv: ");
        ran.Output.ShouldContain("172022: 0 to add, 2 to change, 0 to remove.");
    }

    [Fact]
    public async Task Apply_WhenItTakesAwayWhatMayHoldData_AsksForAllowDestroy()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        await File.WriteAllTextAsync(hall.Manifest, Samples.Nanao.Replace("services: [telemetry, alerts]", "services: [telemetry]", StringComparison.Ordinal));

        var refused = await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes");
        refused.ExitCode.ShouldBe(ExitCodes.Refused);
        refused.Output.ShouldContain("Would be lost: an unknown number of data of alerts of services/alerts");
        refused.Error.ShouldContain("--allow-destroy");
        (await hall.AsClerkAsync("changes", "list", "--status", "Pending")).Error.ShouldContain("There is no change request");

        (await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes", "--allow-destroy")).ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public async Task Apply_WhenDeclined_FilesNothing()
    {
        await using var hall = await TownHall.StartAsync();

        var ran = await Typed.RunAsync(
            ["onboard", "apply", hall.Manifest, "--gateway", hall.Gateway, "--token", ServiceTestKit.TestTokens.For("clerk-1", "clerk", TownHall.Town)], answer: "n\n");

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("Nothing was filed");
        (await hall.AsClerkAsync("changes", "list")).Error.ShouldContain("There is no change request");
    }

    [Fact]
    public async Task Export_WhenPlannedAgain_ChangesNothingAndIsTheSameBytes()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        var folder = Path.Combine(hall.Folder, "export");

        (await hall.AsClerkAsync("onboard", "export", TownHall.Town, "--out", folder)).ExitCode.ShouldBe(ExitCodes.Done);
        var manifest = Path.Combine(folder, "municipality.yaml");
        var first = await File.ReadAllBytesAsync(manifest);
        (await hall.AsClerkAsync("onboard", "plan", manifest)).Output.ShouldContain("nothing to change");
        (await hall.AsClerkAsync("onboard", "export", TownHall.Town, "--out", folder)).ExitCode.ShouldBe(ExitCodes.Done);

        (await File.ReadAllBytesAsync(manifest)).ShouldBe(first);
        (await File.ReadAllTextAsync(Path.Combine(folder, "shelters.csv"))).ShouldBe(Samples.Shelters);
        (await hall.AsClerkAsync("onboard", "export", TownHall.Town)).Output.ShouldBe(await File.ReadAllTextAsync(manifest));
    }

    [Fact]
    public async Task Plan_WhenAskedForJson_WritesOnlyJsonToTheOutput()
    {
        await using var hall = await TownHall.StartAsync();

        var ran = await hall.AsClerkAsync("onboard", "plan", hall.Manifest, "--json", "--out", Path.Combine(hall.Folder, "plan.json"));

        ((int)JsonNode.Parse(ran.Output)!["counts"]!["add"]!).ShouldBe(8);
        ((string?)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(hall.Folder, "plan.json")))!["digest"]).ShouldBe((string?)JsonNode.Parse(ran.Output)!["digest"]);
    }

    [Fact]
    public async Task Plan_WhenTheFileHasFaults_ListsThemAllWithTheirLines()
    {
        await using var hall = await TownHall.StartAsync(Samples.Nanao
            .Replace("level: 3", "level: 7", StringComparison.Ordinal)
            .Replace("shelters: shelters.csv", "shelters: ../shelters.csv", StringComparison.Ordinal)
            .Replace("longitudeDegrees: 136.9672", "longitudeDegrees: east", StringComparison.Ordinal));

        var ran = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("policies[0].level");
        ran.Error.ShouldContain("shelters.csv' leads out of the manifest's folder");
        ran.Error.ShouldContain("longitudeDegrees");
        ran.Error.ShouldContain("Nothing was changed");
        ran.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_OfAPartOfAManifest_LeavesTheRestAsItIs()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        await File.WriteAllTextAsync(hall.Manifest, "code: \"172022\"\nalertSender: kikikanri@nanao.example.lg.jp\n");

        var ran = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);

        ran.Output.ShouldContain("alertSender: bousai@nanao.example.lg.jp → kikikanri@nanao.example.lg.jp");
        ran.Output.ShouldContain("172022: 0 to add, 1 to change, 0 to remove.");
    }

    [Fact]
    public async Task Validate_WhenTheShelterListHasFaults_NamesItsOwnLine()
    {
        await using var hall = await TownHall.StartAsync();
        var shelters = Path.Combine(hall.Folder, "shelters.csv");
        await File.AppendAllTextAsync(shelters, "172022,2,山王小学校,north,136.9\n");

        var offline = await Typed.RunAsync("onboard", "validate", hall.Manifest);
        var planned = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);

        offline.ExitCode.ShouldBe(ExitCodes.Refused);
        offline.Output.ShouldContain($"{shelters}:3:1: error shelter-refused: shelters.csv, line 3, 緯度: 'north'");
        offline.Error.ShouldContain("1 fault and");
        planned.ExitCode.ShouldBe(ExitCodes.Refused);
        planned.Error.ShouldContain("緯度: 'north'");
    }

    [Fact]
    public async Task Plan_WhenTwoPeopleMayBeOne_Warns()
    {
        await using var hall = await TownHall.StartAsync(Samples.Nanao.TrimEnd() + "\n  - { name: 髙橋, role: clerk }\n  - { name: 高橋, role: officer }\n");

        var ran = await hall.AsClerkAsync("onboard", "plan", hall.Manifest);

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Output.ShouldContain("'髙橋', '高橋' have the same name");
        ran.Output.ShouldContain("shelters listed: 1");
    }
}
