namespace SmartCity.Cli.Startup;

/// <summary>What a command has around it: the console, the environment and the clock. Tests bring their own.</summary>
public sealed record Surroundings
{
    /// <summary>Results only, so that they can be piped.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Everything that is said about the work: progress, warnings, errors, questions.</summary>
    public required TextWriter Error { get; init; }

    public required TextReader Input { get; init; }

    /// <summary>An environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Whether somebody can answer a question.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Whether the output is a terminal that shows colours.</summary>
    public required bool HasColours { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public required int Width { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static Surroundings OfProcess()
    {
        // Names of towns are Japanese, whatever the terminal's locale says.
        Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new()
        {
            Output = Console.Out,
            Error = Console.Error,
            Input = Console.In,
            Variable = Environment.GetEnvironmentVariable,
            IsInteractive = !Console.IsInputRedirected,
            HasColours = !Console.IsOutputRedirected && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = Console.IsOutputRedirected ? 200 : Math.Max(60, Console.WindowWidth),
        };
    }
}
