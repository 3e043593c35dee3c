using System.Diagnostics;
using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Cli.Tests;

/// <summary>The built command as a shell runs it.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Process_WhenPiped_WritesTheResultAloneToItsOutput()
    {
        await using var hall = await TownHall.StartAsync();

        var ran = await RunAsync(
            new() { ["SMARTCITY_GATEWAY"] = hall.Gateway, ["SMARTCITY_TOKEN"] = TestTokens.For("clerk-1", "clerk", TownHall.Town) },
            "onboard", "plan", hall.Manifest, "--json");

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        ((string?)JsonNode.Parse(ran.Output)!["municipality"]).ShouldBe(TownHall.Town);
        ran.Error.ShouldContain("Nothing was changed");
    }

    [Fact]
    public async Task Process_WhenTheManifestHasFaults_ExitsWithOneAndNamesTheLine()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Samples.Nanao.Replace("shelters: shelters.csv\n", "", StringComparison.Ordinal).Replace("level: 3", "level: 9", StringComparison.Ordinal));

            var ran = await RunAsync([], "onboard", "validate", file);

            ran.ExitCode.ShouldBe(ExitCodes.Refused);
            ran.Output.ShouldContain($"{file}:12:");
            ran.Output.ShouldContain("value-out-of-range");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<Ran> RunAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "smartcity.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment.Remove("LC_ALL");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new Ran(process.ExitCode, await output, await error);
    }
}
