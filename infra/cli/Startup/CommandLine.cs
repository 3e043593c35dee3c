using System.CommandLine;
using System.CommandLine.Parsing;
using SmartCity.Cli.Changes;
using SmartCity.Cli.Devices;
using SmartCity.Cli.Doctor;
using SmartCity.Cli.ExchangeLog;
using SmartCity.Cli.Http;
using SmartCity.Cli.Onboard;
using SmartCity.Cli.Output;
using SmartCity.Cli.Replay;
using SmartCity.Cli.Rules;

namespace SmartCity.Cli.Startup;

/// <summary>The command line as a whole. A new group of commands is one line here.</summary>
public static class CommandLine
{
    /// <summary>What a command that is broken off has for undoing what must not stay.</summary>
    private static readonly TimeSpan CleaningLasts = TimeSpan.FromMinutes(1);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken = default)
    {
        var words = Words.Choose(arguments, surroundings.Variable);
        var options = new GlobalOptions(words);
        var root = new RootCommand(words["root"]);
        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        var commands = new CommandFactory(surroundings, words, options);
        root.Subcommands.Add(OnboardCommands.Create(commands));
        root.Subcommands.Add(ChangesCommands.Create(commands));
        root.Subcommands.Add(DeviceCommands.Create(commands));
        root.Subcommands.Add(LogCommands.Create(commands));
        root.Subcommands.Add(RulesCommands.Create(commands));
        root.Subcommands.Add(ReplayCommand.Create(commands));
        root.Subcommands.Add(DoctorCommand.Create(commands));

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await surroundings.Error.WriteLineAsync(error.Message);
            }

            await surroundings.Error.WriteLineAsync(words["usage.help", PathOf(parsed.CommandResult)]);
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = CleaningLasts }, cancellationToken);
    }

    // With every command on the way, as it must be typed.
    private static string PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (var at = result; at.Parent is CommandResult parent; at = parent)
        {
            names.Insert(0, at.Command.Name);
        }

        return string.Join(' ', names.Prepend("smartcity"));
    }
}

/// <summary>Makes commands whose faults end in words and an exit code, not in a stack trace.</summary>
internal sealed class CommandFactory(Surroundings surroundings, Words words, GlobalOptions options)
{
    public Words Words => words;

    public Command Group(string name, params ReadOnlySpan<Command> children)
    {
        var group = new Command(name, words[$"command.{name}"]);
        foreach (var child in children)
        {
            group.Subcommands.Add(child);
        }

        return group;
    }

    /// <param name="name">Its words are <c>command.{textKey}</c>.</param>
    /// <param name="symbols">Arguments and options.</param>
    public Command Create(string name, string textKey, IEnumerable<Symbol> symbols, Func<Session, CancellationToken, Task<int>> action)
    {
        var command = new Command(name, words[$"command.{textKey}"]);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(new Session(surroundings, words, options, parsed), action, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, Func<Session, CancellationToken, Task<int>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action(session, cancellationToken);
        }
        catch (CommandException exception)
        {
            session.Terminal.Fail(exception.Message);
            return exception.ExitCode;
        }
        catch (ApiRefusal refusal)
        {
            ProblemPrinter.Print(session, refusal);
            return ExitCodes.Refused;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            session.Terminal.Fail(session.Words["file.failed", exception.Message]);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            session.Terminal.Fail(session.Words["cancelled"]);
            return ExitCodes.Refused;
        }
    }
}
