using System.Globalization;
using SmartCity.Cli.Answers;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;

namespace SmartCity.Cli.ExchangeLog;

/// <summary><c>log mine</c>: who read or wrote the caller's data, newest first, each in one sentence.</summary>
internal static class LogMine
{
    private const int Most = 100;

    public static async Task<int> RunAsync(Session session, int limit, string? after, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Most)
        {
            throw new CommandException(ExitCodes.Usage, session.Words["log.limit", limit, Most]);
        }

        using var api = await session.ConnectAsync(cancellationToken);
        var query = string.Create(CultureInfo.InvariantCulture, $"api/registry/my/exchange-log?limit={limit}") + (after is null ? "" : "&after=" + Uri.EscapeDataString(after));
        var page = await api.GetAsync<Page<MyRecord>>(query, cancellationToken);
        if (session.Json)
        {
            session.Terminal.Json(page);
            return ExitCodes.Done;
        }

        foreach (var record in page.Items)
        {
            session.Terminal.Line($"[grey]{Terminal.Text(record.Id.PadLeft(6))}[/]  {Terminal.Text(record.Sentence)}");
        }

        if (page.Items.Count == 0)
        {
            session.Terminal.Say(Terminal.Text(session.Words[after is null ? "log.mineNone" : "log.mineNoMore"]));
        }
        else if (page.Next is { } next)
        {
            session.Terminal.Say(Terminal.Text(session.Words["log.mineMore", next]));
        }

        return ExitCodes.Done;
    }
}
