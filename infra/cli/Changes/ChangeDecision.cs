using System.Globalization;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts.Views;

namespace SmartCity.Cli.Changes;

/// <summary><c>changes show|approve|reject N</c></summary>
internal static class ChangeDecision
{
    public static async Task<int> ShowAsync(Session session, long number, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        return Show(session, await api.GetAsync<ChangeView>(Path(number), cancellationToken));
    }

    /// <summary>Shows the plan, asks, and sends the plan's digest: nobody approves what they have not seen.</summary>
    public static async Task<int> ApproveAsync(Session session, long number, bool yes, CancellationToken cancellationToken)
    {
        var words = session.Words;
        using var api = await session.ConnectAsync(cancellationToken);
        var change = await api.GetAsync<ChangeView>(Path(number), cancellationToken);
        ChangePrinter.Print(session.Terminal, words, change);
        if (change.Status == ChangeStatus.Pending)
        {
            var question = words[change.Plan.Losses.Count > 0 ? "approve.askDestroy" : "approve.ask", number, change.Municipality];
            if (!await session.ConfirmAsync(question, yes, cancellationToken))
            {
                throw new CommandException(ExitCodes.Refused, words["approve.declined", number]);
            }
        }

        var (_, text) = await api.CallAsync(HttpMethod.Post, Path(number) + "/approve", Api.JsonBody(new { digest = change.Plan.Digest }), isRepeatable: false, cancellationToken);
        var applied = Api.Read<ChangeView>(text);
        session.Terminal.Line($"[green]{Terminal.Text(words["approve.done", number, applied.Municipality, applied.Version])}[/]");
        return Json(session, applied);
    }

    public static async Task<int> RejectAsync(Session session, long number, string reason, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        var (_, text) = await api.CallAsync(HttpMethod.Post, Path(number) + "/reject", Api.JsonBody(new { reason }), isRepeatable: false, cancellationToken);
        session.Terminal.Line(Terminal.Text(session.Words["reject.done", number]));
        return Json(session, Api.Read<ChangeView>(text));
    }

    private static int Show(Session session, ChangeView change)
    {
        ChangePrinter.Print(session.Terminal, session.Words, change);
        if (change.Status == ChangeStatus.Pending)
        {
            session.Terminal.Say($"  smartcity changes approve {change.Id.ToString(CultureInfo.InvariantCulture)}");
        }

        return Json(session, change);
    }

    private static int Json(Session session, ChangeView change)
    {
        if (session.Json)
        {
            session.Terminal.Json(change);
        }

        return ExitCodes.Done;
    }

    private static string Path(long number) => string.Create(CultureInfo.InvariantCulture, $"api/registry/changes/{number}");
}
