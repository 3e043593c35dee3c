using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

public sealed class DeviceTests
{
    private const string List = "機器ID,種別,名称,緯度,経度\nriver-8,river,熊木川,37.10,136.90\nriver-9,river,二宮川,37.02,136.95\n";

    [Fact]
    public async Task Add_WhenRegistered_ShowsTheKeyOnceWithItsQrCode()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        string[] line = ["device", "add", TownHall.Town, "river-7", "--kind", "river", "--name", "石動川", "--qr"];

        var first = await hall.AsClerkAsync(line);
        first.ExitCode.ShouldBe(ExitCodes.Done, first.Error);
        first.Output.ShouldContain("user name: 172022/river-7");
        first.Output.ShouldContain("key:       ");
        first.Output.ShouldContain("█");
        var again = await hall.AsClerkAsync(line);

        again.Output.ShouldNotContain("key:       ");
        (await hall.AsClerkAsync("device", "list", TownHall.Town)).Output.ShouldContain("river-7");
    }

    [Fact]
    public async Task Import_WhenTheListIsGood_WritesTheKeysForTheirOwnerOnly()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        var (list, keys) = (Path.Combine(hall.Folder, "devices.csv"), Path.Combine(hall.Folder, "keys.csv"));
        await File.WriteAllTextAsync(list, List);

        var ran = await hall.AsClerkAsync("device", "import", TownHall.Town, list, "--out", keys, "--yes");

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Output.ShouldBeEmpty();
        (await File.ReadAllTextAsync(keys)).ShouldContain("172022/river-9");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Import_WhenTheKeysFileIsThere_RegistersNothing()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        var list = Path.Combine(hall.Folder, "devices.csv");
        await File.WriteAllTextAsync(list, List);

        var ran = await hall.AsClerkAsync("device", "import", TownHall.Town, list, "--out", list, "--yes");

        ran.ExitCode.ShouldBe(ExitCodes.Usage);
        (await File.ReadAllTextAsync(list)).ShouldBe(List);
        (await hall.AsClerkAsync("device", "list", TownHall.Town)).Output.ShouldNotContain("river-9");
    }

    [Fact]
    public async Task Import_WhenRowsAreBad_ListsThemAllAndRegistersNothing()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        var list = Path.Combine(hall.Folder, "devices.csv");
        await File.WriteAllTextAsync(list, List + "river-1,river,御祓川,37.05,136.97\nriver 10,river,川,north,136.97\n");
        var keys = Path.Combine(hall.Folder, "keys.csv");

        var ran = await hall.AsClerkAsync("device", "import", TownHall.Town, list, "--out", keys, "--yes");

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("river 10");
        ran.Error.ShouldContain("north");
        ran.Error.ShouldContain("river-1");
        File.Exists(keys).ShouldBeFalse();
        (await hall.AsClerkAsync("device", "list", TownHall.Town)).Output.ShouldNotContain("river-8");
    }

    [Fact]
    public async Task Key_WhenRotatedAndRevoked_LeavesTheNewOne()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        var added = JsonNode.Parse((await hall.AsClerkAsync("device", "add", TownHall.Town, "river-7", "--kind", "river", "--name", "石動川", "--json")).Output)!;

        var rotated = await hall.AsClerkAsync("device", "key", "rotate", TownHall.Town, "river-7", "--overlap-seconds", "60", "--json");
        rotated.ExitCode.ShouldBe(ExitCodes.Done, rotated.Error);
        var fresh = JsonNode.Parse(rotated.Output)!;
        ((string?)fresh["key"]).ShouldNotBe((string?)added["key"]);
        (await hall.AsClerkAsync("device", "key", "revoke", TownHall.Town, "river-7", (string)added["keyId"]!, "--yes")).ExitCode.ShouldBe(ExitCodes.Done);

        var listed = (await hall.AsClerkAsync("device", "key", "list", TownHall.Town, "river-7", "--json")).Output;
        listed.ShouldContain((string)fresh["keyId"]!);
        listed.ShouldNotContain((string)fresh["key"]!);
    }
}
