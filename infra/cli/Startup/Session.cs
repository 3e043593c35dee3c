using System.CommandLine;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;

namespace SmartCity.Cli.Startup;

/// <summary>One run of one command: who speaks, to which gateway, in which language.</summary>
internal sealed class Session(Surroundings surroundings, Words words, GlobalOptions options, ParseResult arguments)
{
    private const string DefaultGateway = "http://localhost:8080";

    public Surroundings Surroundings => surroundings;

    public Words Words => words;

    public Terminal Terminal { get; } = new(surroundings, words, arguments.GetValue(options.NoColor), arguments.GetValue(options.Json));

    /// <summary>Whether the result is for a machine.</summary>
    public bool Json => arguments.GetValue(options.Json);

    public T? Get<T>(Option<T> option) => arguments.GetValue(option);

    public T Get<T>(Argument<T> argument) => arguments.GetRequiredValue(argument);

    /// <summary>An argument that may be left out.</summary>
    public T? Find<T>(Argument<T> argument) => arguments.GetValue(argument);

    public Uri Gateway
    {
        get
        {
            var text = arguments.GetValue(options.Gateway) ?? surroundings.Variable("SMARTCITY_GATEWAY") ?? DefaultGateway;
            return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw new CommandException(ExitCodes.Usage, words["gateway.malformed", text]);
        }
    }

    /// <summary>The API, as the person that the command line names.</summary>
    public async Task<Api> ConnectAsync(CancellationToken cancellationToken)
    {
        var api = new Api(Gateway, this);
        api.Token = await TokenSource.FindAsync(this, api, cancellationToken);
        return api;
    }

    /// <summary>A token, a file with one, or a demo person; null where none is given.</summary>
    public (string? Token, string? TokenFile, string? As, string? Role, string? Town) Identity => (
        arguments.GetValue(options.Token) ?? (arguments.GetValue(options.As) is null && arguments.GetValue(options.TokenFile) is null ? surroundings.Variable("SMARTCITY_TOKEN") : null),
        arguments.GetValue(options.TokenFile), arguments.GetValue(options.As), arguments.GetValue(options.Role), arguments.GetValue(options.Town));

    /// <summary>Asks; without anybody to answer, the command ends and says which option answers beforehand.</summary>
    public async Task<bool> ConfirmAsync(string question, bool yes, CancellationToken cancellationToken)
    {
        if (yes)
        {
            return true;
        }

        if (!surroundings.IsInteractive)
        {
            throw new CommandException(ExitCodes.Usage, words["confirm.nobody"]);
        }

        await surroundings.Error.WriteAsync($"{question} {words["confirm.hint"]} ");
        await surroundings.Error.FlushAsync(cancellationToken);
        var answer = (await surroundings.Input.ReadLineAsync(cancellationToken))?.Trim();
        return answer is "y" or "Y" or "yes" or "はい";
    }
}
