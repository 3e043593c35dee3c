using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Http;

/// <summary>Whose token a command carries.</summary>
internal static class TokenSource
{
    public static async Task<string?> FindAsync(Session session, Api api, CancellationToken cancellationToken)
    {
        var identity = session.Identity;
        if (new[] { identity.Token, identity.TokenFile, identity.As }.Count(given => given is not null) > 1)
        {
            throw new CommandException(ExitCodes.Usage, session.Words["token.several"]);
        }

        if (identity.TokenFile is { } file)
        {
            return File.Exists(file)
                ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim()
                : throw new CommandException(ExitCodes.Usage, session.Words["token.noFile", file]);
        }

        return identity.As is { } name ? await AskDevelopmentIssuerAsync(session, api, name, identity.Role, identity.Town, cancellationToken) : identity.Token;
    }

    private static async Task<string> AskDevelopmentIssuerAsync(Session session, Api api, string name, string? role, string? town, CancellationToken cancellationToken)
    {
        var query = "dev/token?name=" + Uri.EscapeDataString(name)
            + (role is null ? "" : "&role=" + Uri.EscapeDataString(role))
            + (town is null ? "" : "&municipality=" + Uri.EscapeDataString(town));
        try
        {
            var (_, text) = await api.CallAsync(HttpMethod.Post, query, null, isRepeatable: true, cancellationToken);
            return (string?)JsonNode.Parse(text)?["accessToken"] ?? throw new CommandException(ExitCodes.Refused, session.Words["token.noIssuer", api.Gateway]);
        }
        catch (ApiRefusal refusal) when (refusal.Code != "unknown-person")
        {
            throw new CommandException(ExitCodes.Refused, session.Words["token.noIssuer", api.Gateway], refusal);
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new CommandException(ExitCodes.Refused, session.Words["token.noIssuer", api.Gateway], exception);
        }
    }
}
