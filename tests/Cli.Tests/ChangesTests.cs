using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

public sealed class ChangesTests
{
    [Fact]
    public async Task Approve_WhenItIsTheProposer_IsRefusedWithWhoMayInstead()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.AsOfficerAsync("onboard", "apply", hall.Manifest, "--yes");

        var ran = await hall.AsOfficerAsync("changes", "approve", "1", "--yes");

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("A second person must approve this.");
        (await hall.AsClerkAsync("changes", "show", "1")).Output.ShouldContain("waits for a second person");
    }

    [Fact]
    public async Task Approve_WhenNobodyCanAnswer_ChangesNothing()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes");

        var ran = await hall.AsOfficerAsync("changes", "approve", "1");

        ran.ExitCode.ShouldBe(ExitCodes.Usage);
        ran.Output.ShouldContain("+ devices/river-1");
        ran.Error.ShouldContain("--yes");
        (await hall.AsClerkAsync("changes", "show", "1")).Output.ShouldContain("waits for a second person");
    }

    [Fact]
    public async Task Reject_WhenReasonGiven_TellsTheProposer()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes");

        (await hall.AsOfficerAsync("changes", "reject", "1", "--reason", "水位の単位が違います")).ExitCode.ShouldBe(ExitCodes.Done);

        var shown = await hall.AsClerkAsync("changes", "show", "1");
        shown.Output.ShouldContain("rejected");
        shown.Output.ShouldContain("水位の単位が違います");
        (await hall.AsOfficerAsync("changes", "approve", "1", "--yes")).Error.ShouldContain("decided already");
    }

    [Fact]
    public async Task List_WhenSeveral_ShowsThoseThatWaitFirst()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes");
        await File.AppendAllTextAsync(hall.Manifest, "allowedOrigins: [\"https://www.city.example.lg.jp\"]\n");
        await hall.AsClerkAsync("onboard", "apply", hall.Manifest, "--yes");
        await hall.AsOfficerAsync("changes", "reject", "2", "--reason", "later");

        var ran = await hall.AsClerkAsync("changes", "list");

        var waits = ran.Output.IndexOf("waits for a second person", StringComparison.Ordinal);
        waits.ShouldBeGreaterThan(0);
        ran.Output.IndexOf("rejected", StringComparison.Ordinal).ShouldBeGreaterThan(waits);
    }

    [Fact]
    public async Task Commands_WithoutAToken_SayHowToSignIn()
    {
        await using var hall = await TownHall.StartAsync();

        var ran = await Typed.RunAsync("changes", "list", "--gateway", hall.Gateway);

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("SMARTCITY_TOKEN");
    }
}
