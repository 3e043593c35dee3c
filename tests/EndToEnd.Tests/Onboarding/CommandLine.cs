using System.Diagnostics;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Onboarding;

/// <summary>The command <c>smartcity</c> as people run it: a process of its own, in a folder of the town's.</summary>
internal sealed class CommandLine(HostProcess host, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "smartcity.dll");

    /// <summary>Runs it as a person of a role in the town, and fails unless it says that all is well.</summary>
    public async Task<string> AsAsync(string person, string role, params string[] arguments)
    {
        var (code, output) = await TryAsync(person, role, arguments);
        code.ShouldBe(0, output);
        return output;
    }

    public async Task<(int ExitCode, string Output)> TryAsync(string person, string role, params string[] arguments)
    {
        string[] all = [Program, .. arguments, "--gateway", host.File.Gateway, "--as", person, "--role", role, "--town", OnboardingTests.Town, "--language", "en"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", all)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, string.Concat(texts));
    }
}
