using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

/// <summary>What a night does to a town, and what it leaves alone.</summary>
public sealed class NightTests : IDisposable
{
    private readonly RecordingFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Night_WhenOthersActToo_TouchesOnlyWhatIsOfItsDevices()
    {
        await using var town = await FakeTown.StartAsync(isDevelopment: true);
        var ran = await RunAsync(town, hours: 0, CancellationToken.None);

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        town.Written.ShouldBe(["approve draft-own", "update of-draft-own", "cancel of-draft-own"]);
    }

    [Fact]
    public async Task Night_WhenBrokenOff_CancelsWhatItRaised()
    {
        await using var town = await FakeTown.StartAsync(isDevelopment: true);
        using var interrupt = new CancellationTokenSource();
        town.Raised = interrupt.Cancel;
        // Half an hour long: it ends because it is broken off.
        var ran = await RunAsync(town, hours: 0.5, interrupt.Token);

        ran.ExitCode.ShouldNotBe(ExitCodes.Done);
        town.Written.ShouldBe(["approve draft-own", "update of-draft-own", "cancel of-draft-own"]);
    }

    [Theory]
    [InlineData]
    [InlineData("--yes-i-mean", "162043")]
    public async Task Night_WhenItIsNoDevelopmentHost_DoesNothing(params string[] more)
    {
        await using var town = await FakeTown.StartAsync(isDevelopment: false);
        var ran = await RunAsync(town, hours: 0, CancellationToken.None, more);

        ran.ExitCode.ShouldBe(ExitCodes.Usage, ran.Error);
        town.Written.ShouldBeEmpty();
    }

    private async Task<Ran> RunAsync(FakeTown town, double hours, CancellationToken cancellationToken, params string[] more)
    {
        await using var broker = await BrokerApp.StartAsync();
        var first = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        var csv = _files.Write("r.csv", $"device,time,waterLevelMetres\na,{first:O},1\na,{first.AddSeconds(1).AddHours(hours):O},2\n");
        var keys = _files.Write("keys.csv", "id,name_ja,user_name,key,key_id,topic\r\na,一,162043/a,secret-a,1,t\r\n");
        return await Typed.RunAsync(
            ["replay", "night", csv, "--to", broker.Address, "--key-file", keys, "--speed", "1", "--reports", "0", "--calls", "0", "--gateway", town.Address, "--token", "t", .. more],
            answer: null, cancellationToken: cancellationToken);
    }
}
