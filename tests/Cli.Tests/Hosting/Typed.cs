using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Tests.Hosting;

/// <summary>What a command that ran left behind.</summary>
public sealed record Ran(int ExitCode, string Output, string Error);

/// <summary>Runs commands inside the test's process.</summary>
public static class Typed
{
    public static Task<Ran> RunAsync(params string[] arguments) => RunAsync(arguments, answer: null);

    /// <param name="answer">What somebody types when asked; null when nobody sits there.</param>
    /// <param name="variables">Environment.</param>
    /// <param name="clock">Null for the system's.</param>
    public static async Task<Ran> RunAsync(string[] arguments, string? answer, Dictionary<string, string>? variables = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CommandLine.RunAsync(arguments, new Surroundings
        {
            Output = output,
            Error = error,
            Input = new StringReader(answer ?? ""),
            Variable = name => variables?.GetValueOrDefault(name),
            IsInteractive = answer is not null,
            HasColours = false,
            Width = 300,
            Clock = clock ?? TimeProvider.System,
        }, cancellationToken);
        return new Ran(exitCode, output.ToString(), error.ToString());
    }
}
