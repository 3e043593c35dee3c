namespace SmartCity.Cli.Startup;

/// <summary>Ends a command: the message says what happened, whether anything was changed, and what to do next.</summary>
public sealed class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
