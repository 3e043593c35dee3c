using System.Diagnostics;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>What a program printed and answered.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<CommandResult> RunAsync(string program, string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        return new CommandResult(process.ExitCode, await output, await error);
    }
}
