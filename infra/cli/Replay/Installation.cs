using System.Net;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Replay;

/// <summary>Whether an installation may be played with: what is replayed looks to its people like what happens.</summary>
internal static class Installation
{
    // Only the development host issues tokens itself, to those who POST.
    private const string OwnIssuer = "dev/token";

    public static async Task<bool> IsDevelopmentAsync(Api api, CancellationToken cancellationToken)
    {
        using var answer = await api.ProbeAsync(OwnIssuer, cancellationToken);
        return answer.StatusCode == HttpStatusCode.MethodNotAllowed;
    }

    /// <param name="confirmed">The town's code as <c>--yes-i-mean</c> gave it, or null.</param>
    /// <exception cref="CommandException">It is no development host, and nobody said that they mean this very town.</exception>
    public static async Task RequireAsync(Session session, Api api, string town, string? confirmed, CancellationToken cancellationToken)
    {
        if (confirmed != town && !await IsDevelopmentAsync(api, cancellationToken))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["replay.notDevelopment", api.Gateway, town]);
        }
    }
}
