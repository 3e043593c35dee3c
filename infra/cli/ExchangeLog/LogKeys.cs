using SmartCity.Cli.Answers;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Cli.ExchangeLog;

/// <summary><c>log keys</c>: the public keys as a JSON Web Key Set, to be kept apart from the log that they are to prove.</summary>
internal static class LogKeys
{
    public static async Task<int> RunAsync(Session session, string? target, CancellationToken cancellationToken)
    {
        using var api = new Api(session.Gateway, session);
        var text = ExchangeKeyFile.ToJwks(await FetchAsync(api, cancellationToken)) + "\n";
        if (target is null)
        {
            session.Terminal.Raw(text);
            return ExitCodes.Done;
        }

        LogExport.RefuseExisting(session, target);
        await File.WriteAllTextAsync(target, text, cancellationToken);
        session.Terminal.Say(Terminal.Text(session.Words["log.keysWritten", target]));
        return ExitCodes.Done;
    }

    /// <summary>Every key that ever sealed, as the registry names them; no token is needed.</summary>
    public static async Task<IReadOnlyList<string>> FetchAsync(Api api, CancellationToken cancellationToken)
        => [.. (await api.GetAsync<Page<LogKey>>("api/registry/exchange-log/keys", cancellationToken)).Items.Select(key => key.PublicKeyPem)];

    public static async Task<IReadOnlyList<string>> ReadAsync(Session session, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["log.noFile", path]);
        }

        try
        {
            return ExchangeKeyFile.Parse(await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (FormatException exception)
        {
            throw new CommandException(ExitCodes.Usage, session.Words["log.keysMalformed", path, exception.Message], exception);
        }
    }
}
